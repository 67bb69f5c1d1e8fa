//! A cursor over ASCII text of fixed form, for the grammars of dates, times and durations.

/// What is left to be read.
pub(super) struct Scan<'a>(&'a [u8]);

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Scan(text.as_bytes())
    }

    /// Reads `byte`, if it comes next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// Reads `byte`, which has to come next.
    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    /// Reads the next byte, whatever it is.
    pub(super) fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// Reads all digits that come next, as many as there are.
    pub(super) fn digits(&mut self) -> &'a [u8] {
        let length = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        digits
    }

    /// Reads a number of exactly `width` digits, at most nine.
    pub(super) fn number(&mut self, width: usize) -> Option<u32> {
        let digits = self.digits();
        (digits.len() == width).then(|| decimal(digits))
    }

    /// Succeeds when nothing is left.
    pub(super) fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

fn decimal(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}
