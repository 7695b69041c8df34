//! Random walks: worlds in which everybody acts at random against a model, one after the other in a
//! test, or on several threads for as long as asked.
//!
//! A world is named by its seed and its number, and is played alone by these. So what fails in a
//! long walk is seen again in a moment.

use std::{
    env,
    fmt::Display,
    sync::{
        atomic::{AtomicBool, Ordering::Relaxed},
        Mutex,
    },
    thread,
    time::Instant,
};

/// What walks came across.
pub trait Tally: Default + Display + Send {
    /// How many steps.
    fn steps(&self) -> u64;

    /// What another walk came across, too.
    fn add(&mut self, other: Self);
}

/// Plays worlds of a seed until they had so many steps together.
pub fn walk<T: Tally>(seed: u64, steps: u64, play: impl Fn(u64, u64, &mut T)) -> T {
    let mut tally = T::default();
    for number in 1.. {
        play(seed, number, &mut tally);
        if tally.steps() >= steps {
            break;
        }
    }
    println!("{tally}");
    tally
}

/// Plays worlds on all cores, as the environment says: `SEED`, `STEPS`, the first `WORLD`, `JOBS`.
///
/// # Panics
/// If one of these is no number, or if a world fails.
pub fn soak<T: Tally>(play: impl Fn(u64, u64, &mut T) + Sync) {
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let [seed, steps] = [asked("SEED", 1), asked("STEPS", 200_000)];
    let soak = Soak {
        play,
        begun: Instant::now(),
        failed: AtomicBool::new(false),
        next: Mutex::new(asked("WORLD", 1)),
        tally: Mutex::new(T::default()),
    };
    thread::scope(|threads| {
        for _ in 0..asked("JOBS", cores).max(1) {
            threads.spawn(|| soak.work(seed, steps));
        }
    });
    let seconds = soak.begun.elapsed().as_secs();
    let tally = locked(&soak.tally);
    println!("{}", *tally);
    let walked = tally.steps();
    println!("soak: {walked} steps of seed {seed} agree with the model, {seconds} s");
}

/// A number from the environment.
fn asked(name: &str, or: u64) -> u64 {
    let value = env::var(name).unwrap_or_default();
    match value.replace(['_', ','], "").parse() {
        Ok(number) => number,
        Err(_) if value.is_empty() => or,
        Err(error) => panic!("{name}={value}: {error}"),
    }
}

/// Worlds on several threads.
struct Soak<T, P> {
    play: P,
    begun: Instant,
    failed: AtomicBool,
    next: Mutex<u64>,
    tally: Mutex<T>,
}

impl<T: Tally, P: Fn(u64, u64, &mut T)> Soak<T, P> {
    fn work(&self, seed: u64, steps: u64) {
        while !self.failed.load(Relaxed) && locked(&self.tally).steps() < steps {
            let number = {
                let mut next = locked(&self.next);
                *next += 1;
                *next - 1
            };
            let mut tally = T::default();
            let stop = StopOthers(&self.failed);
            (self.play)(seed, number, &mut tally);
            std::mem::forget(stop);
            let mut all = locked(&self.tally);
            let share = |tally: &T| tally.steps() * 50 / steps.max(1);
            let before = share(&all);
            all.add(tally);
            if share(&all) > before {
                let (walked, seconds) = (all.steps(), self.begun.elapsed().as_secs_f64());
                let speed = walked as f64 / seconds;
                let left = steps.saturating_sub(walked) as f64 / speed;
                println!(
                    "{walked} of {steps} steps, {speed:.0} a second, {left:.0} s left; world {number}"
                );
            }
        }
    }
}

/// No thread fails while it holds a lock.
fn locked<T>(what: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(|broken| broken.into_inner())
}

/// A failure anywhere ends the soak.
struct StopOthers<'s>(&'s AtomicBool);

impl Drop for StopOthers<'_> {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}
