//! `allive provenance` as a maker and a patient run it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A maker's folder.
struct Maker(tempfile::TempDir);

/// What the tool said.
struct Said {
    out: String,
    error: String,
    code: Option<i32>,
}

impl Maker {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// `LOT.toml`, with these lines at the end.
    fn order(&self, lines: &str) {
        let text = format!(
            "gtin = \"9506000134352\"\nlot = \"V42\"\nexpiry = \"2038-03\"\nsecret = \"secret\"\n{lines}\n"
        );
        self.write("LOT.toml", &text);
    }

    fn run(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allive"));
        command
            .arg("provenance")
            .args(arguments)
            .current_dir(self.0.path());
        command
    }

    fn pack(&self) -> Said {
        self.run(&["pack", "LOT.toml", "--out", "v42"])
    }

    /// A lot of three packs.
    fn packed(lines: &str) -> Self {
        let maker = Self::new();
        maker.order(lines);
        maker.pack().succeeds();
        maker
    }

    /// The label of a pack, as scanned.
    fn label(&self, index: usize) -> String {
        let table = fs::read_to_string(self.path("v42/labels.csv")).unwrap();
        let row = table.lines().nth(index + 1).unwrap();
        row.split(',').nth(2).unwrap().to_owned()
    }

    fn verify(&self, label: &str, more: &[&str]) -> Said {
        self.run(&[&["verify-pack", label], more].concat())
    }
}

impl Said {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            out: text(&output.stdout),
            error: text(&output.stderr),
            code: output.status.code(),
        }
    }

    #[track_caller]
    fn succeeds(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.error);
        self.out
    }

    #[track_caller]
    fn refuses(self, parts: &[&str]) {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.error);
        for part in parts {
            assert!(self.error.contains(part), "no `{part}`: {}", self.error);
        }
    }
}

const PATHS: &[&str] = &["--paths", "v42/paths"];

#[test]
fn a_maker_packs_a_lot_and_a_patient_proves_each_pack_without_the_maker() {
    let maker = Maker::new();
    maker.order("count = 3");
    let said = maker.pack().succeeds();
    assert!(
        said.contains("packs  3") && said.contains("paths  bafkrei"),
        "{said}"
    );
    for index in 0..3 {
        let label = format!("]d2{}", maker.label(index));
        let said = maker.verify(&label, PATHS).succeeds();
        let words = format!("fits: the label is that of pack {index} of lot V42 of 09506000134352");
        assert!(said.contains(&words), "{said}");
        assert!(said.contains("The chain was not asked."));
    }
    // A mirror of both files elsewhere.
    fs::rename(maker.path("v42/paths"), maker.path("mirror")).unwrap();
    let more = ["--paths", "mirror", "--lot", "v42/lot.json"];
    maker.verify(&maker.label(0), &more).succeeds();
}

#[test]
fn a_label_that_does_not_fit_says_why() {
    let maker = Maker::packed("count = 3");
    let good = maker.label(0);
    for (from, to, why) in [
        (
            "0109506000134352",
            "0109506000134369",
            "there is no such product",
        ),
        ("10V42", "10V43", "there is no such lot"),
        ("17380300", "17380400", "the lot expires on another day"),
        (
            "\u{1d}91AAAAAA",
            "\u{1d}91AAAAAB",
            "no pack of the lot has this serial",
        ),
        (
            "\u{1d}91AAAAAA",
            "\u{1d}91AABAAA",
            "no pack of the lot has this serial",
        ),
    ] {
        let label = good.replace(from, to);
        assert_ne!(label, good);
        maker
            .verify(&label, PATHS)
            .refuses(&["does not fit: ", why]);
    }
    // Of another pack.
    let (_, proof) = good.rsplit_once('\u{1d}').unwrap();
    let other = maker.label(1);
    let (front, _) = other.rsplit_once('\u{1d}').unwrap();
    let mixed = format!("{front}\u{1d}{proof}");
    maker
        .verify(&mixed, PATHS)
        .refuses(&["no pack of the lot has this serial"]);
    maker
        .verify("0109506000134352", PATHS)
        .refuses(&["the label has no (10)"]);
    maker
        .verify("hello", PATHS)
        .refuses(&["this is no label of GS1"]);
}

#[test]
fn where_the_paths_are_not_at_hand_nothing_is_said_against_the_pack() {
    let maker = Maker::packed("count = 3");
    let label = maker.label(0);
    let lot = ["--lot", "v42/lot.json"];
    maker
        .verify(&label, &lot)
        .refuses(&["unknown: no proof at hand"]);
    let gone = [&lot[..], &["--paths", "gone"]].concat();
    maker
        .verify(&label, &gone)
        .refuses(&["unknown: no proof at hand", "gone"]);
    maker.write("other", &"x".repeat(128));
    let other = [&lot[..], &["--paths", "other"]].concat();
    maker.verify(&label, &other).refuses(&[
        "unknown: no proof at hand",
        "these are not the paths of this lot",
    ]);
    let said = maker.verify(&label, &other);
    assert!(!said.error.contains("does not fit") && !said.error.contains("fake"));
    maker.verify(&label, &[]).refuses(&["name the lot"]);
}

#[test]
fn a_label_is_read_from_the_standard_input_as_scanners_type() {
    let maker = Maker::packed("count = 3");
    let mut command = maker.command(&["verify-pack", "-", "--paths", "v42/paths"]);
    let scanned = maker.path("scanned");
    fs::write(&scanned, format!("]d2{}\r\n", maker.label(2))).unwrap();
    command.stdin(Stdio::from(fs::File::open(scanned).unwrap()));
    assert!(Said::of(&command.output().unwrap())
        .succeeds()
        .contains("pack 2"));
}

#[test]
fn a_label_is_shown_and_drawn() {
    let maker = Maker::packed("count = 3");
    let said = maker
        .run(&["label", "v42", "1", "--svg", "one.svg"])
        .succeeds();
    assert!(
        said.starts_with("(01)09506000134352(17)380300(10)V42(21)"),
        "{said}"
    );
    // As people read it, it proves the same.
    maker.verify(said.trim(), PATHS).succeeds();
    assert!(fs::read_to_string(maker.path("one.svg"))
        .unwrap()
        .starts_with("<svg "));
    maker
        .run(&["label", "v42", "2", "--svg", "one.svg"])
        .refuses(&["one.svg", "exists"]);
    maker
        .run(&["label", "v42", "3"])
        .refuses(&["there is no label of pack 3"]);
    maker.run(&["label", "nowhere", "0"]).refuses(&["nowhere"]);
}

#[test]
fn nothing_is_written_over() {
    let maker = Maker::packed("count = 3");
    let kept = || {
        ["secret", "v42/labels.csv", "v42/lot.json", "v42/paths"]
            .map(|name| fs::read(maker.path(name)).unwrap())
    };
    let before = kept();
    maker.order("count = 4");
    maker.pack().refuses(&["v42 is there already"]);
    assert_eq!(kept(), before);
    // The same secret makes the same labels again.
    fs::remove_dir_all(maker.path("v42")).unwrap();
    maker.order("count = 3");
    maker.pack().succeeds();
    assert_eq!(kept(), before);
}

#[test]
fn a_list_of_serials_is_packed_or_refused_before_anything_is_made() {
    let maker = Maker::new();
    maker.order("serials = \"list\"");
    let refused = |list: &str, parts: &[&str]| {
        maker.write("list", list);
        maker.pack().refuses(parts);
        assert!(!maker.path("secret").exists() && !maker.path("v42").exists());
    };
    refused(
        "QX7K2M\nRT9B4P\nQX7K2M\n",
        &["list", "\"QX7K2M\" in lines 1 and 3"],
    );
    refused(
        "AB000000000001\nAB000000000002\nAB000000000003\n",
        &[
            "whoever has some of these serials guesses others",
            "equal steps",
            "line 1",
            "line 2",
        ],
    );
    refused("QX7K2M\n\nRT9B4P\n", &["line 2"]);
    maker.order("serials = \"list\"\ncount = 3");
    refused(
        "QX7K2MQX7K2M9\nRT9B4PRTZZ4P1\n",
        &["2 serials", "count of 3"],
    );
    maker.order("serials = \"list\"\ncount = 2");
    maker.pack().succeeds();
    assert!(maker.label(1).contains("21RT9B4PRTZZ4P1\u{1d}"));
    maker.verify(&maker.label(1), PATHS).succeeds();
}

#[test]
fn an_order_that_is_wrong_is_refused_by_its_line() {
    let maker = Maker::new();
    let refused = |lines: &str, parts: &[&str]| {
        maker.order(lines);
        maker.pack().refuses(parts);
        assert!(!maker.path("v42").exists());
    };
    refused("", &["LOT.toml", "neither count nor serials"]);
    refused("count = 0", &["a lot has 1 to 4294967296 packs, not 0"]);
    refused("count = 4294967297", &["not 4294967297"]);
    refused("count = 3\nsize = 1", &["size"]);
    for (line, part) in [
        ("gtin = \"9506000134353\"", "the check digit of GTIN"),
        ("lot = \"V 42\"", "lot"),
        ("expiry = \"2038-13\"", "expiry"),
        (
            "secret = \"LOT.toml\"",
            "does not hold 64 hexadecimal digits",
        ),
    ] {
        maker.order("count = 3");
        let text = fs::read_to_string(maker.path("LOT.toml")).unwrap();
        let name = line.split(' ').next().unwrap();
        let lines = text
            .lines()
            .map(|old| if old.starts_with(name) { line } else { old });
        maker.write("LOT.toml", &lines.collect::<Vec<_>>().join("\n"));
        maker.pack().refuses(&["error: ", part]);
        assert!(!maker.path("v42").exists());
    }
    let nowhere = maker.run(&["pack", "none.toml", "--out", "v42"]);
    nowhere.refuses(&["none.toml"]);
}

#[test]
fn what_a_maker_publishes_tells_neither_serials_nor_salts() {
    let maker = Maker::packed("count = 3");
    let public: Vec<u8> = ["paths", "lot.json"]
        .map(|name| fs::read(maker.path("v42").join(name)).unwrap())
        .concat();
    let secret = fs::read_to_string(maker.path("secret")).unwrap();
    for index in 0..3 {
        let label = maker.label(index);
        let values = label.split('\u{1d}').map(|value| &value[2..]);
        let hidden: Vec<_> = values.skip(1).map(str::to_owned).collect();
        assert_eq!(hidden.len(), 2);
        for text in hidden.iter().chain([&secret.trim().to_owned()]) {
            assert!(!contains(&public, text.as_bytes()));
        }
    }
    assert!(Path::new(&maker.path("v42/paths")).exists());
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
