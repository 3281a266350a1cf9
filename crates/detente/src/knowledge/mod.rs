//! What detente knows: the codebook, the cues, the actors.

/// Everything a reader knows.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {}
