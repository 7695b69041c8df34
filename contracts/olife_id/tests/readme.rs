//! README.md names tests that exist.

const README: &str = include_str!("../README.md");
const MODULES: [(&str, &str); 14] = [
    ("attest", include_str!("attest.rs")),
    ("did", include_str!("did.rs")),
    ("governance", include_str!("governance.rs")),
    ("hostile", include_str!("hostile.rs")),
    ("invariants", include_str!("invariants.rs")),
    ("keys", include_str!("keys.rs")),
    ("privacy", include_str!("privacy.rs")),
    ("recovery", include_str!("recovery.rs")),
    ("role", include_str!("role.rs")),
    ("signed", include_str!("signed.rs")),
    ("thief", include_str!("thief.rs")),
    ("trust", include_str!("trust.rs")),
    ("truth", include_str!("truth.rs")),
    ("vouch", include_str!("vouch.rs")),
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
    assert!(named > 50, "README.md names {named} tests");
}
