//! `allive provenance pack`: everything that a lot needs, before its packs are printed.

use crate::{
    progress::bar,
    table::{duration, grouped},
};
use allive_packs::{Batch, Files, LotSecret, Serials};
use anyhow::{ensure, Context, Result};
use serde::Deserialize;
use std::{
    fs::{self, File},
    io::BufReader,
    path::{Path, PathBuf},
    time::Instant,
};

#[derive(clap::Args)]
pub struct Args {
    /// What is to be packed: a file of TOML with gtin, lot, expiry, count and secret, or serials
    #[arg(value_name = "LOT.toml", long_help = LONG)]
    lot: PathBuf,
    /// The new folder to write `paths`, `labels.csv` and `lot.json` to
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

const LONG: &str = "What is to be packed: a file of TOML, such as

    gtin = \"09506000134352\"
    lot = \"V42\"
    expiry = \"2028-03\"       # or 2028-03-31; left out for what does not expire
    count = 1_000_000
    secret = \"v42.secret\"    # made if it is not there, and never written over
    # serials = \"serials.txt\"  # a list, one a line, instead of random ones

Files are named from its folder. Keep the secret: whoever has it can write every label, and without it labels cannot \
be made again.";

/// What is to be packed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    gtin: String,
    lot: String,
    expiry: Option<String>,
    count: Option<u64>,
    secret: PathBuf,
    serials: Option<PathBuf>,
}

/// Makes the files of a lot.
pub fn run(args: &Args) -> Result<()> {
    let place = || args.lot.display().to_string();
    let text = fs::read_to_string(&args.lot).with_context(place)?;
    let order: Order = toml::from_str(&text).with_context(place)?;
    let folder = args.lot.parent().unwrap_or(Path::new(""));
    let batch = order.batch().with_context(place)?;
    Batch::only_new(&args.out)?;
    let begun = Instant::now();

    // A list is looked at before a secret is made.
    let list = order.list(folder)?;
    let secret = LotSecret::read_or_make(&folder.join(&order.secret))?;
    let serials = match list {
        Some(serials) => serials,
        None => Serials::random(
            &secret.keys(&batch.gtin, &batch.lot),
            order.count().with_context(place)?,
        )?,
    };
    let progress = bar(serials.count(), "packs {human_pos} of {human_len}");
    let lot = batch.write(&serials, &secret, &args.out, |done| {
        progress.set_position(done);
    })?;
    progress.finish_and_clear();

    let files = Files::of(&args.out);
    println!("packs  {}", grouped(lot.count.into()));
    println!("root   0x{}", hex::encode(lot.root));
    println!("paths  {}", lot.paths);
    println!("made in {}", duration(millis(begun)));
    println!();
    println!("{}: for everybody; publish it", files.paths.display());
    println!("{}: what Commission takes", files.lot.display());
    println!(
        "{}: for the printing line only; whoever has it can copy every pack",
        files.labels.display()
    );
    Ok(())
}

impl Order {
    fn batch(&self) -> Result<Batch> {
        Ok(Batch {
            gtin: self.gtin.parse().context("gtin")?,
            lot: self.lot.parse().context("lot")?,
            expiry: self
                .expiry
                .as_deref()
                .map(str::parse)
                .transpose()
                .context("expiry")?,
        })
    }

    fn count(&self) -> Result<u64> {
        let count = self.count.context("there is neither count nor serials")?;
        Batch::check_count(count)?;
        Ok(count)
    }

    /// The list of serials, if there is one.
    fn list(&self, folder: &Path) -> Result<Option<Serials>> {
        let Some(list) = &self.serials else {
            return Ok(None);
        };
        let path = folder.join(list);
        let place = || path.display().to_string();
        let file = File::open(&path).with_context(place)?;
        let reading = bar(
            file.metadata().with_context(place)?.len(),
            "reading {bytes} of {total_bytes}",
        );
        let serials = Serials::read(BufReader::new(reading.wrap_read(file))).with_context(place)?;
        reading.finish_and_clear();
        if let Some(count) = self.count {
            ensure!(
                count == serials.count(),
                "{} has {} serials, and the lot has a count of {count}",
                place(),
                serials.count()
            );
        }
        Ok(Some(serials))
    }
}

fn millis(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}
