/// The content of a [`Lazy`](ink::storage::Lazy) cell that the constructor wrote and that nothing
/// removes. Traps if it is missing.
///
/// `Lazy::get` answers `None` also where a cell cannot be decoded, and `Lazy::get_or_default` a
/// default: a contract would take what it cannot read for nothing. A `Mapping` traps by itself.
///
/// ```
/// use allive_storage::present;
///
/// assert_eq!(present(Some(5)), 5);
/// ```
///
/// ```should_panic
/// allive_storage::present(None::<u8>);
/// ```
#[inline]
pub fn present<T>(content: Option<T>) -> T {
    match content {
        Some(content) => content,
        None => unreachable!("the constructor wrote it, and nothing removes it"),
    }
}
