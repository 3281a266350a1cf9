//! From arc scores to a tree: every token its best head, repaired where that is no tree with one root.

/// Buffers of [`choose`], kept between calls.
#[derive(Default)]
pub(crate) struct Heads {
    heads: Vec<usize>,
    mark: Vec<u32>,
}

impl Heads {
    /// Heads of `n` tokens: 0 for the root, else one more than the head's place. One root, no cycle.
    ///
    /// `scores` has a row of `width` numbers for every token; column 0 is the root, column `i` the `i`-th token
    /// counted from 1. The tree is the best one with a single root.
    pub(crate) fn choose(&mut self, scores: &[f32], width: usize, n: usize) -> &[usize] {
        self.heads.clear();
        for (d, row) in scores.chunks_exact(width).take(n).enumerate() {
            let mut best = 0;
            for (h, &score) in row[..=n].iter().enumerate() {
                if h != d + 1 && score > row[best] {
                    best = h;
                }
            }
            self.heads.push(best);
        }
        if !is_tree(&self.heads, &mut self.mark) {
            self.heads = best_tree(scores, width, n);
            if !is_tree(&self.heads, &mut self.mark) {
                // Only scores that are not numbers lead here: hang everything below the first token.
                self.heads.fill(1);
                self.heads[0] = 0;
            }
        }
        &self.heads
    }
}

/// Whether there is exactly one root and every token reaches it.
fn is_tree(heads: &[usize], mark: &mut Vec<u32>) -> bool {
    if heads.iter().filter(|&&h| h == 0).count() != 1 {
        return false;
    }
    mark.clear();
    mark.resize(heads.len() + 1, 0);
    for start in 1..=heads.len() {
        let round = start as u32 + 1;
        let mut at = start;
        while at != 0 && mark[at] == 0 {
            mark[at] = round;
            at = heads[at - 1];
        }
        if at != 0 && mark[at] == round {
            return false;
        }
    }
    true
}

/// A contraction: the nodes of a cycle, the arcs that close it, and who belonged where before.
struct Cycle {
    nodes: Vec<usize>,
    /// (dependent, head) among the original nodes, for each node of the cycle.
    arcs: Vec<(u16, u16)>,
    component: Vec<u16>,
}

/// Chu, Liu and Edmonds on a dense graph, with one arc from the root.
///
/// Arcs from the root are made so dear that the best tree has but one; since one is needed, this is the best tree
/// with one root. Contractions happen in place: a cycle lives on in its first node.
fn best_tree(scores: &[f32], width: usize, n: usize) -> Vec<usize> {
    const ROOT_PRICE: f64 = 1e6;
    let size = n + 1;
    // score[d * size + h] and the original arc that earns it.
    let mut score = vec![f64::NEG_INFINITY; size * size];
    let mut arc = vec![(0u16, 0u16); size * size];
    for d in 1..size {
        for h in (0..size).filter(|&h| h != d) {
            let price = if h == 0 { ROOT_PRICE } else { 0.0 };
            score[d * size + h] = f64::from(scores[(d - 1) * width + h]) - price;
            // Windows are shorter than `u16::MAX` tokens.
            arc[d * size + h] = (d as u16, h as u16);
        }
    }
    let mut active: Vec<usize> = (0..size).collect();
    let mut component: Vec<u16> = (0..size).map(|i| i as u16).collect();
    let mut cycles: Vec<Cycle> = Vec::new();
    let mut head = vec![0usize; size];
    for (d, head) in head.iter_mut().enumerate().skip(1) {
        *head = best_head(d, &active, &score, size);
    }
    let mut inside = vec![false; size];
    while let Some(nodes) = find_cycle(&active, &head, size) {
        let into = nodes[0];
        nodes.iter().for_each(|&c| inside[c] = true);
        let arcs = nodes.iter().map(|&c| arc[c * size + head[c]]).collect();
        for &x in active.iter().filter(|&&x| !inside[x]) {
            // From the cycle to x, where x is no root; then from x into the cycle.
            let mut leave = nodes[0];
            let mut enter = nodes[0];
            let gain = |c: usize, score: &[f64]| score[c * size + x] - score[c * size + head[c]];
            for &c in &nodes[1..] {
                if score[x * size + c] > score[x * size + leave] {
                    leave = c;
                }
                if gain(c, &score) > gain(enter, &score) {
                    enter = c;
                }
            }
            let entering = (gain(enter, &score), arc[enter * size + x]);
            let leaving = (score[x * size + leave], arc[x * size + leave]);
            // `into` may be among those read above for this x only, so writing now is safe.
            (score[into * size + x], arc[into * size + x]) = entering;
            (score[x * size + into], arc[x * size + into]) = leaving;
        }
        let before = component.clone();
        for c in &mut component {
            if inside[usize::from(*c)] {
                *c = into as u16;
            }
        }
        active.retain(|&x| x == into || !inside[x]);
        // Whose best head was inside has it there still; only the cycle itself must look again.
        for &x in &active {
            if inside[head[x]] {
                head[x] = into;
            }
        }
        head[into] = best_head(into, &active, &score, size);
        nodes.iter().for_each(|&c| inside[c] = false);
        cycles.push(Cycle { nodes, arcs, component: before });
    }
    let mut out = vec![0usize; n];
    // The original dependent through which each surviving node is entered.
    let mut entered = vec![0usize; size];
    let mut settle = |node: usize, (d, h): (u16, u16), entered: &mut [usize]| {
        out[usize::from(d) - 1] = usize::from(h);
        entered[node] = usize::from(d);
    };
    for &d in active.iter().filter(|&&d| d != 0) {
        settle(d, arc[d * size + head[d]], &mut entered);
    }
    for cycle in cycles.iter().rev() {
        let through = entered[cycle.nodes[0]];
        let broken = usize::from(cycle.component[through]);
        for (&node, &arc) in cycle.nodes.iter().zip(&cycle.arcs) {
            if node == broken {
                entered[node] = through;
            } else {
                settle(node, arc, &mut entered);
            }
        }
    }
    out
}

/// The best head of an active node other than the root, among the active ones.
fn best_head(d: usize, active: &[usize], score: &[f64], size: usize) -> usize {
    let mut best = if active[1] == d { active[0] } else { active[1] };
    for &h in active.iter().filter(|&&h| h != d) {
        if score[d * size + h] > score[d * size + best] {
            best = h;
        }
    }
    best
}

/// The nodes of a cycle among the active ones, if there is one.
fn find_cycle(active: &[usize], head: &[usize], size: usize) -> Option<Vec<usize>> {
    let mut mark = vec![0usize; size];
    for &start in active.iter().filter(|&&x| x != 0) {
        let mut at = start;
        while at != 0 && mark[at] == 0 {
            mark[at] = start;
            at = head[at];
        }
        if at != 0 && mark[at] == start {
            let mut nodes = vec![at];
            let mut next = head[at];
            while next != at {
                nodes.push(next);
                next = head[next];
            }
            return Some(nodes);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best single-rooted tree by trying all.
    fn exhaustive(scores: &[f32], n: usize) -> f64 {
        let mut best = f64::NEG_INFINITY;
        let mut heads = vec![0usize; n];
        let mut mark = Vec::new();
        for code in 0..(n + 1).pow(n as u32) {
            let mut rest = code;
            for h in &mut heads {
                *h = rest % (n + 1);
                rest /= n + 1;
            }
            if heads.iter().enumerate().all(|(d, &h)| h != d + 1) && is_tree(&heads, &mut mark) {
                best = best.max(total(scores, &heads, n));
            }
        }
        best
    }

    fn total(scores: &[f32], heads: &[usize], n: usize) -> f64 {
        heads.iter().enumerate().map(|(d, &h)| f64::from(scores[d * (n + 1) + h])).sum()
    }

    #[test]
    fn finds_the_best_tree() {
        let mut state = 7u32;
        for round in 0..600 {
            let n = 1 + round % 5;
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    ((state >> 16) % 64) as f32
                })
                .collect();
            let mut heads = Heads::default();
            let found = heads.choose(&scores, n + 1, n).to_vec();
            assert!(is_tree(&found, &mut Vec::new()), "{found:?}");
            assert_eq!(total(&scores, &found, n), exhaustive(&scores, n), "{scores:?} {found:?}");
        }
    }

    #[test]
    fn broken_scores_still_give_a_tree() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0] {
            for n in [1, 2, 9] {
                let scores = vec![bad; n * (n + 1)];
                let mut heads = Heads::default();
                assert!(is_tree(heads.choose(&scores, n + 1, n), &mut Vec::new()));
            }
        }
    }

    #[test]
    fn long_windows_end() {
        let n = 400;
        // A cycle of all tokens, then of what is left, and so on.
        let scores: Vec<f32> = (0..n * (n + 1))
            .map(|i| {
                let (d, h) = (i / (n + 1) + 1, i % (n + 1));
                if h == d % n + 1 { 100.0 } else { ((d * 31 + h * 17) % 23) as f32 }
            })
            .collect();
        let mut heads = Heads::default();
        assert!(is_tree(heads.choose(&scores, n + 1, n), &mut Vec::new()));
    }
}
