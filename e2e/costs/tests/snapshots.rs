//! Tier "shape": nothing drifts unnoticed, and the figures meet their bars.

use allive_costs::{page, prices, snapshot};

#[test]
fn what_is_built_costs_and_looks_as_committed() {
    let now = snapshot::take();
    let then = snapshot::committed(now.keys().cloned()).unwrap();
    let drift = snapshot::drift(&then, &now);
    assert!(
        drift.is_empty(),
        "drift (`make snapshot` writes what is built):\n{}",
        drift.join("\n")
    );
}

#[test]
fn the_price_list_is_what_the_pallet_asks() {
    let shown = page::read().unwrap();
    let due = page::with_tables(&shown, &[prices::table()]);
    assert!(shown == due, "`make snapshot` writes the price list");
}

/// The figures that the project set itself, read from the committed file that the test above holds
/// equal to what is built.
mod bars {
    use allive_costs::{
        meter::Measure,
        page::{self, PAGE},
        per_block::per_block,
        snapshot::{committed, Costs, COSTS},
    };

    fn costs() -> Costs {
        let mut files = committed([COSTS.to_owned()]).unwrap();
        serde_json::from_value(files.remove(COSTS).unwrap()).unwrap()
    }

    fn assert_at_most(name: &str, figure: u64, bar: f64, of: u64) {
        let ratio = figure as f64 / of as f64;
        println!("{name}: {figure} of {of} is {ratio:.3}, bar {bar}");
        assert!(
            ratio <= bar,
            "{name}: {figure} is {ratio:.3} of {of}, the bar is {bar}"
        );
    }

    #[test]
    fn the_overview_shows_the_committed_figures() {
        let shown = page::read().unwrap();
        let due = page::with_tables(&shown, &page::tables(&costs()));
        assert!(shown == due, "`make snapshot` writes the tables of {PAGE}");
    }

    #[test]
    fn as_many_fit_into_a_block_as_the_committed_figures_say() {
        let costs = costs();
        for (name, counts) in &costs.per_block {
            let (contract, message) = name.split_once('.').unwrap();
            let measure = costs.contracts[contract].messages[message];
            assert_eq!(*counts, per_block(measure), "{name}");
        }
    }

    #[test]
    fn a_transfer_of_alv_costs_less_than_the_reference() {
        let costs = costs();
        let reference = costs.reference["psp22"].messages["transfer"];
        let transfer = costs.contracts["alv"].messages["transfer"];
        assert_at_most("ref_time", transfer.ref_time, 0.90, reference.ref_time);
        assert_at_most("proof_size", transfer.proof_size, 1.0, reference.proof_size);
    }

    #[test]
    fn a_derived_token_is_small_and_its_transfer_costs_no_more_than_that_of_alv() {
        let costs = costs();
        let token = &costs.contracts["derived_token"];
        assert!(token.wasm_bytes <= 14_500, "{} bytes", token.wasm_bytes);
        let alv = costs.contracts["alv"].messages["transfer"];
        let transfer = token.messages["transfer"];
        assert_at_most("ref_time", transfer.ref_time, 1.0, alv.ref_time);
        assert_at_most("proof_size", transfer.proof_size, 1.0, alv.proof_size);
    }

    /// The chain asks 0.26 of a transfer for a verification and a nonce that is read and written
    /// (decision 0006). The rest is the code that runs, and the bytes of the request.
    #[test]
    fn a_signed_request_costs_at_most_0_31_of_a_transfer_more_than_its_message() {
        let costs = costs();
        let transfer = costs.contracts["alv"].messages["transfer"].ref_time;
        for (contract, message, signed) in [
            ("alv", "transfer", "act_for"),
            ("olife_nexus", "use_record", "act_for:use_record"),
            ("council", "propose", "act_for:propose"),
        ] {
            let messages = &costs.contracts[contract].messages;
            let more = messages[signed].ref_time - messages[message].ref_time;
            assert_at_most(contract, more, 0.31, transfer);
        }
    }

    /// Of them, what members sign takes 13,500: decoding and encoding the request with a proposal
    /// in it, its words, and what it is bound to.
    #[test]
    fn the_council_is_small() {
        let bytes = costs().contracts["council"].wasm_bytes;
        assert!(bytes <= 36_500, "{bytes} bytes");
    }

    /// In the plain form; a contract is split at 123 KiB (decision 0011). Periods of approval,
    /// revocations that stay, leaving by one's own word and three questions took 8,400 bytes;
    /// delegates and representatives, with seven actions and two questions, 11,700, of which 1,200
    /// keep apart the times in which everybody was dismissed; the words that a wallet shows of
    /// twenty-two actions, 5,000.
    #[test]
    fn olife_id_is_no_larger_than_81_000_bytes() {
        let bytes = costs().contracts["olife_id"].wasm_bytes as u64;
        assert_at_most("bytes", bytes, 1.0, 81_000);
    }

    /// What Olife ID itself takes; the call of another contract comes to that.
    #[test]
    fn a_question_about_an_account_costs_at_most_half_a_transfer_and_about_two_parties_0_60() {
        let costs = costs();
        let transfer = costs.contracts["alv"].messages["transfer"];
        let asked = &costs.contracts["olife_id"].messages;
        for (message, bar) in [
            ("standing", 0.50),
            ("attests", 0.45),
            ("standing_as", 0.60),
            ("standing_for", 0.60),
        ] {
            assert_at_most(message, asked[message].ref_time, bar, transfer.ref_time);
        }
    }

    #[test]
    fn a_use_of_a_record_costs_at_most_two_and_a_half_transfers() {
        let costs = costs();
        let transfer = costs.contracts["alv"].messages["transfer"];
        let used = costs.contracts["olife_nexus"].messages["use_record"];
        assert_at_most("use", used.ref_time, 2.5, transfer.ref_time);
    }

    /// What the factory's daily messages cost when the rare ones were in a code of their own: see
    /// decision 0019. It was at most 1.03 when the two were joined; since then a purchase also
    /// looks for an announced rise, and at what backs the units.
    const IN_TWO_HALVES: [(&str, u64); 3] = [
        ("buy", 2_121_868_181),
        ("convert", 4_025_607_337),
        ("reward", 2_260_747_213),
    ];

    #[test]
    fn a_daily_message_of_the_factory_costs_at_most_1_05_of_what_it_would_in_two_halves() {
        let costs = costs();
        let factory = &costs.contracts["derived_factory"].messages;
        for (message, halves) in IN_TWO_HALVES {
            assert_at_most(message, factory[message].ref_time, 1.05, halves);
        }
    }

    /// A purchase by `transfer_and_call` has ALV's own part in it, which takes signed requests
    /// since (decision 0006); a redemption has that of the token, which tells contracts of payments
    /// since. Users sign what they do in the factory, too, which is 10,000 bytes of code.
    #[test]
    fn what_passes_through_a_token_costs_at_most_1_06_of_what_it_would_in_two_halves() {
        let costs = costs();
        let factory = &costs.contracts["derived_factory"].messages;
        for (message, halves) in [("on_received", 3_137_267_778), ("redeem", 2_169_195_135)] {
            assert_at_most(message, factory[message].ref_time, 1.06, halves);
        }
    }

    #[test]
    fn buying_costs_at_most_three_and_a_half_transfers_and_redeeming_three() {
        let costs = costs();
        let transfer = costs.contracts["alv"].messages["transfer"];
        let factory = &costs.contracts["derived_factory"].messages;
        // By an order, ALV's own part included; and out of a credit.
        for (message, bar) in [("on_received", 3.5), ("buy", 3.5), ("redeem", 3.0)] {
            assert_at_most(message, factory[message].ref_time, bar, transfer.ref_time);
        }
    }

    #[test]
    fn no_message_costs_more_beside_100_000_records_than_beside_one() {
        for (message, measures) in costs().scale {
            let Measure {
                ref_time,
                proof_size,
                ..
            } = measures[&1];
            for (scale, measure) in &measures {
                assert_at_most(
                    &format!("{message} at {scale}"),
                    measure.ref_time,
                    1.02,
                    ref_time,
                );
                assert_at_most(
                    &format!("{message} at {scale}"),
                    measure.proof_size,
                    1.02,
                    proof_size,
                );
            }
        }
    }
}
