//! Text of `$filter` to a tree: as much of OData's grammar as the client writes, read without its
//! help ([OData 4.01 ABNF](https://docs.oasis-open.org/odata/odata/v4.01/abnf/odata-abnf-construction-rules.txt)).

/// An expression. Operands of `and` in `and` are one list, as `and` is associative; `or` likewise.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Tree {
    Or(Vec<Tree>),
    And(Vec<Tree>),
    Not(Box<Tree>),
    Compare(Box<Tree>, String, Box<Tree>),
    In(String, Vec<Tree>),
    Call(String, Vec<Tree>),
    Lambda(String, String, Box<Tree>),
    Text(String),
    Bare(String),
}

impl Tree {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(crate) fn bare(text: impl ToString) -> Self {
        Self::Bare(text.to_string())
    }

    pub(crate) fn compare(name: &str, operator: &str, value: Tree) -> Self {
        Self::Compare(
            Box::new(Self::bare(name)),
            operator.to_owned(),
            Box::new(value),
        )
    }

    pub(crate) fn and(left: Tree, right: Tree) -> Self {
        let list = |tree| match tree {
            Self::And(list) => list,
            other => vec![other],
        };
        Self::And([list(left), list(right)].concat())
    }

    pub(crate) fn or(left: Tree, right: Tree) -> Self {
        let list = |tree| match tree {
            Self::Or(list) => list,
            other => vec![other],
        };
        Self::Or([list(left), list(right)].concat())
    }
}

/// Reads a whole expression.
///
/// # Errors
///
/// What was expected, and what is there instead.
pub(crate) fn read(text: &str) -> Result<Tree, String> {
    let mut reader = Reader { rest: text };
    let tree = reader.or()?;
    match reader.rest {
        "" => Ok(tree),
        rest => Err(format!("the end, not `{rest}`")),
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn or(&mut self) -> Result<Tree, String> {
        let mut tree = self.and()?;
        while self.take(" or ") {
            tree = Tree::or(tree, self.and()?);
        }
        Ok(tree)
    }

    fn and(&mut self) -> Result<Tree, String> {
        let mut tree = self.unary()?;
        while self.take(" and ") {
            tree = Tree::and(tree, self.unary()?);
        }
        Ok(tree)
    }

    fn unary(&mut self) -> Result<Tree, String> {
        if self.take("not ") {
            return Ok(Tree::Not(Box::new(self.unary()?)));
        }
        if self.take("(") {
            let tree = self.or()?;
            self.expect(")")?;
            return Ok(tree);
        }
        let left = self.operand()?;
        if self.take(" in (") {
            let Tree::Bare(name) = left else {
                return Err(format!("a name before `in`, not {left:?}"));
            };
            return Ok(Tree::In(name, self.list()?));
        }
        let operators = ["eq", "ne", "gt", "ge", "lt", "le", "has"];
        let operator = operators
            .iter()
            .find(|name| self.take(&format!(" {name} ")));
        match operator {
            Some(operator) => {
                let right = self.operand()?;
                Ok(Tree::Compare(
                    Box::new(left),
                    (*operator).to_owned(),
                    Box::new(right),
                ))
            }
            None if matches!(left, Tree::Call(..) | Tree::Lambda(..)) => Ok(left),
            None => Err(format!("an operator, not `{}`", self.rest)),
        }
    }

    fn operand(&mut self) -> Result<Tree, String> {
        if self.rest.starts_with('\'') {
            return self.quoted().map(Tree::Text);
        }
        let end = self
            .rest
            .find(['\'', '(', ')', ',', ' '])
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if word.is_empty() {
            return Err(format!("an operand, not `{rest}`"));
        }
        let word = word.to_owned();
        self.rest = rest;
        if rest.starts_with('\'') {
            return Ok(Tree::Bare(format!("{word}'{}'", self.quoted()?)));
        }
        if !self.take("(") {
            return Ok(Tree::Bare(word));
        }
        if word.ends_with("/any") || word.ends_with("/all") {
            return self.lambda(word);
        }
        Ok(Tree::Call(word, self.list()?))
    }

    fn lambda(&mut self, word: String) -> Result<Tree, String> {
        if self.take(")") {
            return Ok(Tree::Call(word, Vec::new()));
        }
        let (variable, rest) = self.rest.split_once(':').ok_or("a variable")?;
        let variable = variable.to_owned();
        self.rest = rest;
        let body = self.or()?;
        self.expect(")")?;
        Ok(Tree::Lambda(word, variable, Box::new(body)))
    }

    /// Operands with commas between them, up to a closing parenthesis.
    fn list(&mut self) -> Result<Vec<Tree>, String> {
        let mut list = vec![self.operand()?];
        while self.take(",") {
            list.push(self.operand()?);
        }
        self.expect(")").map(|()| list)
    }

    /// Text in quotes, two of which stand for one.
    fn quoted(&mut self) -> Result<String, String> {
        self.expect("'")?;
        let mut text = String::new();
        loop {
            let (before, rest) = self.rest.split_once('\'').ok_or("a closing quote")?;
            text.push_str(before);
            self.rest = rest;
            if !self.take("'") {
                return Ok(text);
            }
            text.push('\'');
        }
    }

    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        match self.take(token) {
            true => Ok(()),
            false => Err(format!("`{token}`, not `{}`", self.rest)),
        }
    }
}
