//! README.md names tests that exist.

const README: &str = include_str!("../README.md");
const MODULES: [(&str, &str); 12] = [
    ("cancel", include_str!("cancel.rs")),
    ("coins", include_str!("coins.rs")),
    ("constitution", include_str!("constitution.rs")),
    ("emergency", include_str!("emergency.rs")),
    ("execute", include_str!("execute.rs")),
    ("hostile", include_str!("hostile.rs")),
    ("invariants", include_str!("invariants.rs")),
    ("new", include_str!("new.rs")),
    ("propose", include_str!("propose.rs")),
    ("rules", include_str!("rules.rs")),
    ("suite", include_str!("suite.rs")),
    ("vote", include_str!("vote.rs")),
];

#[test]
fn every_test_that_the_specification_names_exists() {
    let quoted = README.split('`').skip(1).step_by(2);
    let mut named = 0;
    for (module, test) in quoted.filter_map(|quote| quote.split_once("::")) {
        if let Some((_, source)) = MODULES.iter().find(|(name, _)| *name == module) {
            assert!(
                source.contains(&format!("fn {test}(")),
                "README.md names {module}::{test}"
            );
            named += 1;
        }
    }
    assert!(named > 40, "README.md names {named} tests");
}
