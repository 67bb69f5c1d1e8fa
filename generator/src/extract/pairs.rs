//! Which phrases a text may hold, told without a search.
//!
//! Something is told by each of hundreds of phrases, and nearly every text holds none of them. The
//! pairs of neighbouring letters in a text take one pass to note; a phrase with a pair that the text
//! lacks is not in it, which most often the first or the second pair of the phrase shows.

/// The pairs of neighbouring bytes that a text has. Some share a place, so that a pair may seem to be
/// there that is not.
#[derive(Clone, Debug)]
pub(super) struct Pairs([bool; 256]);

impl Pairs {
    /// The pairs of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut found = [false; 256];
        for place in places(text) {
            found[usize::from(place)] = true;
        }
        Self(found)
    }

    /// Whether all pairs of a phrase are there, without which the text can't hold it.
    pub(super) fn may_hold(&self, phrase: &str) -> bool {
        places(phrase).all(|place| self.0[usize::from(place)])
    }
}

/// The places of a text's pairs: lower case letters differ in five bits, of which three are moved out
/// of the way of the letter behind them.
fn places(text: &str) -> impl Iterator<Item = u8> {
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.map(|(first, second)| first.rotate_left(3) ^ second)
}

#[cfg(test)]
mod tests {
    use super::Pairs;

    #[test]
    fn what_a_text_holds_it_may_hold() {
        let text = "the default value is `true`; read-only. größe";
        let pairs = Pairs::of(text);
        for start in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            for end in (start..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                assert!(pairs.may_hold(&text[start..end]), "{}", &text[start..end]);
            }
        }
        assert!(
            pairs.may_hold("") && pairs.may_hold("x"),
            "there is no pair to miss"
        );
        let others = ["required", "nullable", "inherited from", "possible values"];
        assert!(!others.iter().any(|phrase| pairs.may_hold(phrase)));
    }
}
