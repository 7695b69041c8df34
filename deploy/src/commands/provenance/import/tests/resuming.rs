//! Runs that break.

use super::{
    super::journal::Journal,
    ground::{Fate, Ground},
};
use std::{collections::BTreeSet, fs, io::Write};

/// Runs until all is sent, with these fates of calls. Returns how many runs it took.
fn run_on(ground: &Ground, fates: impl IntoIterator<Item = Fate>) -> usize {
    let mut fates: Vec<Fate> = fates.into_iter().collect();
    fates.reverse();
    *ground.backend.fates.borrow_mut() = fates;
    let taken = ground.take("story.json");
    for run in 1..200 {
        match ground.import(&taken) {
            Ok(_) => return run,
            Err(error) => {
                let error = format!("{error:#}");
                assert!(
                    error.contains("run the same command again to go on"),
                    "{error}"
                );
                assert!(error.contains("the power is gone"), "{error}");
            }
        }
    }
    panic!("it never ends");
}

#[test]
fn a_run_that_breaks_at_every_call_sends_each_once_and_ends_as_one_that_does_not() {
    let smooth = Ground::new();
    assert_eq!(run_on(&smooth, []), 1);
    let calls = smooth.backend.inputs();
    let rough = Ground::new();
    let fates = [
        Fate::LostBefore,
        Fate::LostAfter,
        Fate::LostBefore,
        Fate::Done,
        Fate::LostAfter,
    ];
    let runs = run_on(&rough, fates.into_iter().cycle().take(500));
    assert!(runs > calls.len(), "{runs}");
    assert_eq!(rough.backend.inputs(), calls);
    assert_eq!(rough.cells(), smooth.cells());
    // None is there twice.
    let all: BTreeSet<_> = calls.iter().collect();
    assert_eq!(all.len(), calls.len());
}

#[test]
fn what_the_chain_keeps_no_trace_of_is_not_sent_again_either() {
    let ground = Ground::new();
    let declarations = |ground: &Ground| {
        let inputs = ground.backend.inputs();
        // Selector, no organisation, and the number of the action.
        inputs
            .iter()
            .filter(|(_, input)| input[4..6] == [0, 37])
            .count()
    };
    let taken = ground.take("story.json");
    let place = ground
        .plan(&taken)
        .steps()
        .position(|step| matches!(step, provenance::Action::DeclareError { .. }))
        .unwrap();
    let before = std::iter::repeat_n(Fate::Done, place);
    assert_eq!(run_on(&ground, before.chain([Fate::LostAfter])), 2);
    assert_eq!(declarations(&ground), 1);
}

#[test]
fn a_line_that_was_being_written_when_the_power_went_is_not_believed() {
    let ground = Ground::new();
    let taken = ground.take("story.json");
    *ground.backend.fates.borrow_mut() = vec![Fate::LostAfter, Fate::Done, Fate::Done];
    ground.import(&taken).err().unwrap();
    let journal = Journal::beside(&ground.document());
    let mut file = fs::OpenOptions::new().append(true).open(&journal).unwrap();
    file.write_all(b"{\"sent\":{\"step\":").unwrap();
    drop(file);
    ground.import(&taken).unwrap();
    let smooth = Ground::new();
    run_on(&smooth, []);
    assert_eq!(ground.cells(), smooth.cells());
    // A line in the middle is damage.
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replacen("{\"sending\"", "{\"sonding\"", 1)).unwrap();
    let refused = format!("{:#}", ground.import(&taken).err().unwrap());
    assert!(refused.contains("line 3: damaged"), "{refused}");
}

#[test]
fn what_was_begun_and_cannot_be_sent_any_more_is_planned_anew() {
    let ground = Ground::new();
    let taken = ground.take("story.json");
    let plan = ground.plan(&taken);
    let ships = |action: &provenance::Action| matches!(action, provenance::Action::Ship { .. });
    let steps: Vec<_> = plan.steps().collect();
    let place = steps.iter().rposition(|action| ships(action)).unwrap();
    let calls = plan.left();
    drop(plan);
    let mut fates = vec![Fate::Done; place];
    fates.insert(0, Fate::LostBefore);
    *ground.backend.fates.borrow_mut() = fates;
    ground.import(&taken).err().unwrap();
    assert_eq!(ground.backend.calls(), place);
    // The deadline that was planned passes.
    ground.backend.advance(20 * 24 * 3_600_000);
    let refused = format!("{:#}", ground.import(&taken).err().unwrap());
    let fault = "event 28: the contract would refuse this: the deadline has passed";
    assert!(
        refused.contains(fault) && refused.contains("--replan"),
        "{refused}"
    );
    assert_eq!(
        refused.lines().count(),
        2,
        "what follows from it is not said: {refused}"
    );
    assert_eq!(ground.import_anew(&taken, true).unwrap(), calls - place);
    assert_eq!(ground.backend.calls(), calls);
    assert_eq!(ground.import(&taken).unwrap(), 0);
}

#[test]
fn what_others_tell_is_sent_once_their_key_is_at_hand() {
    let ground = Ground::new();
    let told = fs::read_to_string(ground.told()).unwrap();
    fs::write(ground.told(), told.replace("key = \"//Bob\"", "")).unwrap();
    let taken = ground.take("line.json");
    for _ in 0..2 {
        assert_eq!(ground.import(&taken).unwrap(), 0);
    }
    let journal = fs::read_to_string(Journal::beside(&ground.document())).unwrap();
    assert_eq!(
        journal.matches("{\"told\":").count(),
        2,
        "each once: {journal}"
    );
    fs::write(ground.told(), told).unwrap();
    let taken = super::Taken::read(&ground.document(), &ground.told()).unwrap();
    assert_eq!(ground.import(&taken).unwrap(), 2);
}
