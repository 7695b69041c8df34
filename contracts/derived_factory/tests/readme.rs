//! README.md names tests that exist.

const README: &str = include_str!("../README.md");
const MODULES: [(&str, &str); 17] = [
    ("buy", include_str!("buy.rs")),
    ("claim", include_str!("claim.rs")),
    ("credit", include_str!("credit.rs")),
    ("funding", include_str!("funding.rs")),
    ("governance", include_str!("governance.rs")),
    ("hostile", include_str!("hostile.rs")),
    ("inherit", include_str!("inherit.rs")),
    ("life", include_str!("life.rs")),
    ("life_rules", include_str!("life_rules.rs")),
    ("new", include_str!("new.rs")),
    ("operator", include_str!("operator.rs")),
    ("price", include_str!("price.rs")),
    ("redeem", include_str!("redeem.rs")),
    ("register", include_str!("register.rs")),
    ("reward", include_str!("reward.rs")),
    ("rules", include_str!("rules.rs")),
    ("phase_matrix", include_str!("phase_matrix.rs")),
];

#[test]
fn every_test_that_the_specification_names_exists() {
    let quoted = README.split('`').skip(1).step_by(2);
    let mut named = 0;
    for (module, test) in quoted.filter_map(|quote| quote.split_once("::")) {
        // `World::send` and the like are no tests.
        if let Some((_, source)) = MODULES.iter().find(|(name, _)| *name == module) {
            assert!(
                source.contains(&format!("fn {test}(")),
                "README.md names {module}::{test}"
            );
            named += 1;
        }
    }
    assert!(named > 100, "README.md names {named} tests");
}
