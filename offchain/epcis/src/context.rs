//! The JSON-LD context of a document, of which only the prefixes matter here.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde_json::Value;

use crate::vocabulary::PREFIXES;

/// The prefixes by which a document shortens addresses: those of the EPCIS context, and its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    // Every event has a copy, and few have prefixes of their own.
    prefixes: Arc<BTreeMap<String, String>>,
}

impl Default for Context {
    /// The prefixes of the EPCIS context.
    fn default() -> Self {
        Self {
            prefixes: Arc::new(
                PREFIXES
                    .iter()
                    .map(|(prefix, address)| (prefix.to_string(), address.to_string()))
                    .collect(),
            ),
        }
    }
}

impl Context {
    /// The prefixes of the EPCIS context and of a `@context`. Whatever else a context defines has
    /// no meaning here.
    pub fn of(context: Option<&Value>) -> Self {
        Self::default().and(context)
    }

    /// These prefixes and those of the `@context` of an event.
    #[must_use]
    pub fn and(mut self, context: Option<&Value>) -> Self {
        match context {
            Some(Value::Array(items)) => items.iter().for_each(|item| self.add(item)),
            Some(item) => self.add(item),
            None => (),
        }
        self
    }

    fn add(&mut self, item: &Value) {
        for (prefix, address) in item.as_object().into_iter().flatten() {
            if let (false, Value::String(address)) = (prefix.starts_with('@'), address) {
                Arc::make_mut(&mut self.prefixes).insert(prefix.clone(), address.clone());
            }
        }
    }

    /// The address behind a prefix.
    pub fn address(&self, prefix: &str) -> Option<&str> {
        self.prefixes.get(prefix).map(String::as_str)
    }

    fn split<'t>(&self, text: &'t str) -> Option<(&str, &'t str)> {
        let (prefix, rest) = text.split_once(':')?;
        if rest.starts_with("//") {
            return None;
        }
        Some((self.address(prefix)?, rest))
    }

    /// A value with its prefix, if it has one, written out.
    pub fn expand<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.split(text) {
            Some((address, rest)) => Cow::Owned(format!("{address}{rest}")),
            None => Cow::Borrowed(text),
        }
    }

    /// A name with its prefix, if it has one, written out in curly brackets, as in a hash.
    pub(crate) fn expand_name<'t>(&self, name: &'t str) -> Cow<'t, str> {
        match self.split(name) {
            Some((address, rest)) => Cow::Owned(format!("{{{address}}}{rest}")),
            None => Cow::Borrowed(name),
        }
    }
}
