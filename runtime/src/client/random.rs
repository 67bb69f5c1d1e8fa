//! Random bits for ids and waits: nothing in, bits out that no other call has.
//!
//! They are for telling calls apart, not for secrets. Asking the system each time would cost every call a
//! switch into it; it is asked once, for the keys of a hash over a counter.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use uuid::{Builder, Uuid};

static KEYS: LazyLock<RandomState> = LazyLock::new(RandomState::new);

static COUNT: AtomicU64 = AtomicU64::new(0);

/// Other bits each time.
pub(super) fn bits() -> u64 {
    KEYS.hash_one(COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Another id each time.
pub(super) fn id() -> Uuid {
    let bits = (u128::from(bits()) << 64) | u128::from(bits());
    Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_id_comes_twice_and_every_bit_comes_both_ways() {
        let ids: Vec<u128> = (0..10_000).map(|_| id().as_u128()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        let [ever, always] = [
            ids.iter().fold(0, |a, b| a | b),
            ids.iter().fold(!0, |a, b| a & b),
        ];
        let fixed = !(ever & !always);
        // Four bits of the version and two of the variant (RFC 9562 §5.4).
        assert_eq!(fixed, 0xF000_C000_0000_0000_0000, "{fixed:x}");
        assert_eq!(id().get_version_num(), 4);
    }
}
