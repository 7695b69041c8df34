//! README.md names tests that exist.

const README: &str = include_str!("../README.md");
const MODULES: [(&str, &str); 16] = [
    ("buy", include_str!("buy.rs")),
    ("hostile", include_str!("hostile.rs")),
    ("inherit", include_str!("inherit.rs")),
    ("invariants", include_str!("invariants.rs")),
    ("new", include_str!("new.rs")),
    ("offer", include_str!("offer.rs")),
    ("ownership", include_str!("ownership.rs")),
    ("privacy", include_str!("privacy.rs")),
    ("recovered", include_str!("recovered.rs")),
    ("register", include_str!("register.rs")),
    ("revoke", include_str!("revoke.rs")),
    ("rules", include_str!("rules.rs")),
    ("settle", include_str!("settle.rs")),
    ("upgrade", include_str!("upgrade.rs")),
    ("use_record", include_str!("use_record.rs")),
    ("withdraw", include_str!("withdraw.rs")),
];

#[test]
fn every_test_that_the_specification_names_exists() {
    let quoted = README.split('`').skip(1).step_by(2);
    let mut named = 0;
    for (module, test) in quoted.filter_map(|quote| quote.split_once("::")) {
        // `World::act` and the like are no tests.
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
