//! Abbreviations that end in a full stop.

/// What the full stop of an abbreviation says about the sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Abbreviation {
    /// Stands in front of a name: no sentence ends here.
    Title,
    /// Stands in front of something else: no sentence ends here.
    Inner,
    /// An abbreviation only when a number follows, otherwise a word.
    Number,
    /// May end a sentence: the next word decides.
    Ender,
}

use Abbreviation::{Ender, Inner, Number, Title};

/// Sorted by bytes. Without the last full stop. Spelled with a capital: that capital is required, since the small
/// word is another ("sat", "sun", "gen"). In small letters: any case will do.
const TABLE: &[(&str, Abbreviation)] = &[
    ("A.D", Ender),
    ("Adj", Title),
    ("Adm", Title),
    ("Ala", Ender),
    ("Ald", Title),
    ("Alta", Ender),
    ("Amb", Title),
    ("Apr", Ender),
    ("Arch", Title),
    ("Ariz", Ender),
    ("Ark", Ender),
    ("Art", Number),
    ("Assoc", Ender),
    ("Asst", Title),
    ("Atty", Title),
    ("Aug", Ender),
    ("Ave", Ender),
    ("B.A", Ender),
    ("B.C", Ender),
    ("B.Sc", Ender),
    ("Bldg", Ender),
    ("Blvd", Ender),
    ("Brig", Title),
    ("Bros", Ender),
    ("Bt", Ender),
    ("Cal", Ender),
    ("Calif", Ender),
    ("Capt", Title),
    ("Cdr", Title),
    ("Ch", Number),
    ("Chap", Number),
    ("Cie", Ender),
    ("Cmdr", Title),
    ("Co", Ender),
    ("Col", Title),
    ("Colo", Ender),
    ("Comdr", Title),
    ("Cong", Title),
    ("Conn", Ender),
    ("Corp", Ender),
    ("Cpl", Title),
    ("Cpt", Title),
    ("Ct", Ender),
    ("Dec", Ender),
    ("Del", Ender),
    ("Dem", Inner),
    ("Dept", Inner),
    ("Det", Title),
    ("Dist", Ender),
    ("Dr", Title),
    ("Drs", Title),
    ("Ed.D", Ender),
    ("Ens", Title),
    ("Esq", Ender),
    ("Feb", Ender),
    ("Fig", Number),
    ("Figs", Number),
    ("Fla", Ender),
    ("Fr", Title),
    ("Fri", Ender),
    ("Ft", Ender),
    ("Ga", Ender),
    ("Gen", Title),
    ("Gens", Title),
    ("Gov", Title),
    ("Govs", Title),
    ("Hon", Title),
    ("Hwy", Number),
    ("Ill", Ender),
    ("Inc", Ender),
    ("Ind", Ender),
    ("Insp", Title),
    ("Jan", Ender),
    ("Jr", Ender),
    ("Jul", Ender),
    ("Jun", Ender),
    ("Kan", Ender),
    ("Ky", Ender),
    ("La", Ender),
    ("Lieut", Title),
    ("Lt", Title),
    ("Ltd", Ender),
    ("Lts", Title),
    ("M.A", Ender),
    ("M.Sc", Ender),
    ("Maj", Title),
    ("Mar", Ender),
    ("Mass", Ender),
    ("Md", Ender),
    ("Messrs", Title),
    ("Mfg", Ender),
    ("Mgr", Title),
    ("Mich", Ender),
    ("Minn", Ender),
    ("Miss", Ender),
    ("Mlle", Title),
    ("Mme", Title),
    ("Mmes", Title),
    ("Mo", Ender),
    ("Mon", Ender),
    ("Mr", Title),
    ("Mrs", Title),
    ("Ms", Title),
    ("Msgr", Title),
    ("Mt", Ender),
    ("N.B", Inner),
    ("Neb", Ender),
    ("Nev", Ender),
    ("No", Number),
    ("Nos", Number),
    ("Nov", Ender),
    ("Nr", Number),
    ("Oct", Ender),
    ("Okla", Ender),
    ("Ont", Ender),
    ("Ore", Ender),
    ("P.S", Inner),
    ("PS", Inner),
    ("Pa", Ender),
    ("Para", Number),
    ("Pfc", Title),
    ("Ph.D", Ender),
    ("Pl", Ender),
    ("Plc", Ender),
    ("Pres", Title),
    ("Prof", Title),
    ("Profs", Title),
    ("Pt", Number),
    ("Pte", Ender),
    ("Pty", Ender),
    ("Pvt", Title),
    ("Que", Ender),
    ("Rd", Ender),
    ("Ref", Number),
    ("Rep", Title),
    ("Reps", Title),
    ("Res", Number),
    ("Ret", Inner),
    ("Rev", Title),
    ("Revs", Title),
    ("Rt", Title),
    ("Sask", Ender),
    ("Sat", Ender),
    ("Sec", Number),
    ("Secy", Title),
    ("Sen", Title),
    ("Sens", Title),
    ("Sep", Ender),
    ("Sept", Ender),
    ("Sgt", Title),
    ("Spc", Title),
    ("Sr", Ender),
    ("St", Ender),
    ("Sta", Ender),
    ("Ste", Ender),
    ("Sts", Ender),
    ("Sun", Ender),
    ("Supt", Title),
    ("Tenn", Ender),
    ("Tex", Ender),
    ("Thu", Ender),
    ("Thur", Ender),
    ("Thurs", Ender),
    ("Tue", Ender),
    ("Tues", Ender),
    ("Univ", Inner),
    ("Va", Ender),
    ("Vol", Number),
    ("Vols", Number),
    ("Vt", Ender),
    ("Wash", Ender),
    ("Wed", Ender),
    ("Wis", Ender),
    ("Wyo", Ender),
    ("a.k.a", Inner),
    ("a.m", Ender),
    ("al", Ender),
    ("approx", Inner),
    ("art", Number),
    ("c.f", Inner),
    ("ca", Inner),
    ("cf", Inner),
    ("cm", Ender),
    ("dept", Inner),
    ("e.g", Inner),
    ("eg", Inner),
    ("esp", Inner),
    ("est", Inner),
    ("etc", Ender),
    ("ext", Number),
    ("ft", Ender),
    ("hrs", Ender),
    ("i.e", Inner),
    ("ibid", Ender),
    ("ie", Inner),
    ("incl", Inner),
    ("info", Ender),
    ("jr", Ender),
    ("km", Ender),
    ("lb", Ender),
    ("lbs", Ender),
    ("min", Ender),
    ("mins", Ender),
    ("mph", Ender),
    ("mt", Ender),
    ("n.d", Ender),
    ("op", Number),
    ("oz", Ender),
    ("p", Number),
    ("p.m", Ender),
    ("para", Number),
    ("pp", Number),
    ("ret", Inner),
    ("sq", Inner),
    ("sr", Ender),
    ("viz", Inner),
    ("vol", Number),
    ("vs", Inner),
    ("yr", Ender),
    ("yrs", Ender),
];

/// What `word`, written in front of a full stop, abbreviates. Only the part after the last hyphen counts
/// ("Lt.-Gen"). Chains of single letters ("U.S", "a.k.a") count as [`Abbreviation::Ender`] unless listed.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let word = word.rsplit(['-', '–', '/']).next().unwrap_or(word);
    if word.len() > 8 || word.is_empty() || !word.is_ascii() {
        return None;
    }
    if let Some(found) = find(word) {
        return Some(found);
    }
    let mut small = [0u8; 8];
    let small = &mut small[..word.len()];
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    // "MR" and "mr" are written for "Mr", but "SAT" and "sat" are not "Sat".
    let capitals = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
    let plain =
        (capitals || word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase()) && !word.contains('.');
    if !plain && let Some(found) = std::str::from_utf8(small).ok().and_then(find) {
        return Some(found);
    }
    if plain {
        // "IE" is no "ie".
        small[0].make_ascii_uppercase();
        let title = std::str::from_utf8(small).ok().and_then(find);
        return title.filter(|_| {
            matches!(
                word,
                "MR" | "MRS"
                    | "MS"
                    | "DR"
                    | "GEN"
                    | "COL"
                    | "LT"
                    | "SEN"
                    | "REP"
                    | "ST"
                    | "INC"
                    | "CORP"
                    | "LTD"
            )
        });
    }
    is_acronym(word).then_some(Ender)
}

/// Whether a word is a chain of letters and full stops that ends in a letter: "U.S", "a.k.a", "M.Sc".
pub(crate) fn is_acronym(word: &str) -> bool {
    let mut parts = 0;
    let single = word.split('.').all(|part| {
        parts += 1;
        part.len() == 1 && part.as_bytes()[0].is_ascii_alphabetic()
    });
    single && parts > 1
}

fn find(word: &str) -> Option<Abbreviation> {
    TABLE.binary_search_by(|(entry, _)| entry.cmp(&word)).ok().map(|i| TABLE[i].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} stands before {}", pair[0].0, pair[1].0);
        }
    }

    #[test]
    fn capitals_count() {
        assert_eq!(abbreviation("Gen"), Some(Title));
        assert_eq!(abbreviation("Lt.-Gen"), Some(Title));
        assert_eq!(abbreviation("sat"), None);
        assert_eq!(abbreviation("SAT"), None);
        assert_eq!(abbreviation("Etc"), Some(Ender));
        assert_eq!(abbreviation("U.S"), Some(Ender));
        assert_eq!(abbreviation("S"), None);
    }
}
