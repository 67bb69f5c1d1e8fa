//! Tokens of a line to its text: where a space stands between two of them, and where none does.

use std::borrow::Borrow;
use std::fmt::{Display, Write as _};

use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

use super::LIMIT;

/// What stood last on a line, as far as the next token wants to know.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Last {
    /// Nothing: the line begins, or a bracket has just been opened.
    #[default]
    Open,
    /// A word, a literal or a closed bracket.
    Word,
    /// A word of the language that is no part of a path: `mut`, `impl`, `let`.
    Keyword,
    /// A sign that the next token joins: `&`, `.`, `::`, `<`, the mark of a lifetime.
    Tight,
    /// A sign that a space follows: `,`, `=`, `->`.
    Loose,
}

/// A line while it is written.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    last: Last,
    /// The sign that the last token was, if it was one, and whether the next one may be its end.
    sign: Option<(char, Spacing)>,
}

/// The words of the language that stand in plain items.
const KEYWORDS: [&str; 8] = ["const", "fn", "for", "impl", "in", "let", "mut", "pub"];

impl Line {
    /// A line that begins with a closed bracket.
    pub(super) fn behind_bracket() -> Self {
        Self {
            text: ")".to_owned(),
            last: Last::Word,
            sign: None,
        }
    }

    pub(super) fn sequence(
        &mut self,
        tokens: impl IntoIterator<Item: Borrow<TokenTree>>,
    ) -> Option<()> {
        let mut tokens = tokens.into_iter();
        tokens.try_for_each(|token| self.push(token.borrow()))
    }

    fn push(&mut self, token: &TokenTree) -> Option<()> {
        match token {
            TokenTree::Ident(word) => self.word(word),
            TokenTree::Literal(literal) => self.word(literal),
            TokenTree::Group(group) => self.group(group)?,
            TokenTree::Punct(sign) => self.sign(sign.as_char(), sign.spacing())?,
        }
        // A line that is too long is of no use, so it is not written to its end.
        (self.text.len() <= 4 * LIMIT).then_some(())
    }

    fn word(&mut self, word: &impl Display) {
        if matches!(self.last, Last::Word | Last::Keyword | Last::Loose) {
            self.text.push(' ');
        }
        let start = self.text.len();
        // A string takes all that is written to it.
        let _ = write!(self.text, "{word}");
        let written = self.text.get(start..).unwrap_or_default();
        self.last = match KEYWORDS.contains(&written) {
            true => Last::Keyword,
            false => Last::Word,
        };
        self.sign = None;
    }

    fn group(&mut self, group: &Group) -> Option<()> {
        match group.delimiter() {
            Delimiter::Parenthesis => self.parenthesis(group),
            Delimiter::Brace => self.brace(group),
            Delimiter::None | Delimiter::Bracket => None,
        }
    }

    fn parenthesis(&mut self, group: &Group) -> Option<()> {
        let spaced = match self.last {
            Last::Loose => true,
            // Only a visibility has a keyword before its bracket: `pub(in path)`.
            Last::Keyword => !self.text.ends_with("pub"),
            Last::Open | Last::Word | Last::Tight => false,
        };
        self.text.push_str(if spaced { " (" } else { "(" });
        self.last = Last::Open;
        self.sign = None;
        self.sequence(group.stream())?;
        if let Some((',', _)) = self.sign {
            self.text.pop();
        }
        self.text.push(')');
        self.last = Last::Word;
        self.sign = None;
        Some(())
    }

    /// A struct that is made of one variable.
    fn brace(&mut self, group: &Group) -> Option<()> {
        let mut tokens = group.stream().into_iter();
        let (Some(TokenTree::Ident(field)), None) = (tokens.next(), tokens.next()) else {
            return None;
        };
        let _ = write!(self.text, " {{ {field} }}");
        self.last = Last::Word;
        self.sign = None;
        Some(())
    }

    fn sign(&mut self, sign: char, spacing: Spacing) -> Option<()> {
        match (self.sign, sign) {
            (Some(('-', Spacing::Joint)), '>') => self.complete("->", Last::Loose),
            (Some((':', Spacing::Joint)), ':') => self.complete("::", Last::Tight),
            (_, ':') if spacing == Spacing::Joint => {
                // The path of another crate begins with its sign.
                if matches!(self.last, Last::Keyword | Last::Loose) {
                    self.text.push(' ');
                }
                self.append(sign, Last::Loose);
            }
            (_, ',' | ';' | ':') => self.append(sign, Last::Loose),
            (_, '.' | '<') => self.append(sign, Last::Tight),
            (_, '>') => self.append(sign, Last::Word),
            (_, '&' | '\'') => {
                if matches!(self.last, Last::Word | Last::Keyword | Last::Loose) {
                    self.text.push(' ');
                }
                self.append(sign, Last::Tight);
            }
            (_, '=') if spacing == Spacing::Alone => self.spaced(sign),
            (_, '-') if spacing == Spacing::Joint => self.spaced(sign),
            _ => return None,
        }
        self.sign = Some((sign, spacing));
        Some(())
    }

    fn spaced(&mut self, sign: char) {
        self.text.push(' ');
        self.append(sign, Last::Loose);
    }

    fn append(&mut self, sign: char, last: Last) {
        self.text.push(sign);
        self.last = last;
    }

    /// Puts a sign of two characters in the place of its first.
    fn complete(&mut self, sign: &str, last: Last) {
        self.text.pop();
        self.text.push_str(sign);
        self.last = last;
    }
}
