//! Dumps of GeoNames, as `cities500.txt`, `UA.txt` or `allCountries.txt` of its download page (CC BY 4.0).
//!
//! One place a line, nineteen columns parted by tabs and no header. Taken are populated places, countries, first-level
//! divisions, and the waters, islands, mountains and deserts that news names; of the many others (wells, schools,
//! streams) none. A place has its name, its plain name, and its alternate names in Latin letters.

use detente::{PlaceKind, knowledge::Places};

/// The columns of a dump.
pub(crate) const COLUMNS: usize = 19;

/// Whether a line is one of a dump rather than one of ours.
pub(crate) fn is_dump(line: &str) -> bool {
    let mut cells = line.split('\t');
    cells.next().is_some_and(|id| id.parse::<u32>().is_ok()) && cells.count() == COLUMNS - 1
}

/// Adds the place of a line, when it is one that is taken.
///
/// # Errors
///
/// When the number of columns, the id, an angle or the population is wrong; says which.
pub(crate) fn push(line: &str, places: &mut Places) -> Result<(), String> {
    let cells: Vec<&str> = line.split('\t').collect();
    if cells.len() != COLUMNS {
        return Err(format!("{} columns instead of {COLUMNS}", cells.len()));
    }
    let Some(kind) = kind(cells[6], cells[7]) else { return Ok(()) };
    let latin = |name: &&str| {
        name.len() > 3 && name.chars().all(|c| c < '\u{250}') && name.contains(char::is_lowercase)
    };
    let others = std::iter::once(cells[2]).chain(cells[3].split(',').filter(latin));
    let alias = others.filter(|&name| name != cells[1]).collect::<Vec<_>>().join("|");
    let country = alpha3(cells[8]).unwrap_or_default();
    let [name, latitude, longitude, admin1, people, id] = [1, 4, 5, 10, 14, 0].map(|column| cells[column]);
    places
        .push(&[name, &alias, kind.as_str(), country, admin1, latitude, longitude, people, id])
        .map_err(|e| e.to_string())
}

/// What a feature code stands for, among those that are taken.
fn kind(class: &str, code: &str) -> Option<PlaceKind> {
    Some(match (class, code) {
        ("P", "PPLC") => PlaceKind::Capital,
        ("P", "PPLA") => PlaceKind::Seat,
        // Parts of cities, and places that are no more.
        ("P", "PPLX" | "PPLH" | "PPLQ" | "PPLW") => return None,
        ("P", _) => PlaceKind::Town,
        ("A", "ADM1") => PlaceKind::Region,
        ("A", "PCLI" | "PCLD" | "PCLF" | "PCLS" | "PCLIX" | "TERR") => PlaceKind::Country,
        ("L", "CONT") => PlaceKind::Continent,
        ("L", "RGN") => PlaceKind::Subregion,
        ("H", "SEA" | "OCN" | "GULF" | "STRT" | "CHN" | "BAY") => PlaceKind::Sea,
        ("H", "LK" | "LKS" | "RSV") => PlaceKind::Lake,
        ("T", "ISL" | "ISLS" | "ATOL") => PlaceKind::Island,
        ("T", "MTS" | "MT" | "VLC" | "PASS") => PlaceKind::Mountain,
        ("T", "DSRT") => PlaceKind::Desert,
        ("S", "AIRB" | "AIRP" | "DAM" | "PRN" | "NUC") => PlaceKind::Site,
        _ => return None,
    })
}

/// ISO 3166-1: two letters, then three.
const CODES: &str = "\
    ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH \
    BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT \
    BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB \
    CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP \
    ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB \
    GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL \
    ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM \
    KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY \
    MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT \
    MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU \
    NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT \
    REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR \
    SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS \
    TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN \
    VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKKOS YEYEM YTMYT ZAZAF ZMZMB ZWZWE";

/// The three letters of a country for its two.
fn alpha3(alpha2: &str) -> Option<&'static str> {
    CODES.split(' ').find_map(|pair| pair.strip_prefix(alpha2).filter(|rest| rest.len() == 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KYIV: &str = "703448\tKyiv\tKyiv\tKiev,Kiow,\u{41a}\u{438}\u{457}\u{432}\t50.45466\t30.5238\tP\tPPLC\tUA\t\t12\t\t\t\t2952301\t\t187\tEurope/Kyiv\t2024-01-01";

    #[test]
    fn places_are_taken_with_their_names() {
        assert!(is_dump(KYIV));
        let mut places = Places::default();
        push(KYIV, &mut places).unwrap();
        push(&KYIV.replace("P\tPPLC", "H\tWLL"), &mut places).unwrap();
        places.sort();
        let kiev: Vec<_> = places.named("Kiev").map(|id| places.row(id)).collect();
        assert_eq!((kiev.len(), kiev[0].country, kiev[0].geonames), (1, "UKR", Some(703_448)));
        assert_eq!(places.rows().len(), 1);
    }

    #[test]
    fn broken_lines_are_named() {
        let message = |line: &str| push(line, &mut Places::default()).unwrap_err();
        assert_eq!(message("1\tKyiv"), "2 columns instead of 19");
        assert_eq!(message(&KYIV.replace("50.45466", "north")), "`north` is no angle of at most 90 degrees");
        assert!(!is_dump("name\talias"));
    }

    #[test]
    fn every_code_has_two_and_three_letters() {
        assert!(CODES.split(' ').all(|pair| pair.len() == 5), "{CODES}");
        assert_eq!((alpha3("UA"), alpha3("XK"), alpha3("")), (Some("UKR"), Some("KOS"), None));
    }
}
