use super::cache::Cause;
use super::*;

const PAGE: &str = r##"# note resource type

Namespace: microsoft.graph

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|The id. Read-only.|
|state|noteState|The state. The possible values are: `open`, `done`.|

[!INCLUDE [more](../includes/more.md)]
"##;

const CALL: &str = r##"# Get note

Namespace: microsoft.graph

## HTTP request

```http
GET /notes/{id}
```

## Response

If successful, this method returns a `200 OK` response code and a [note](../resources/note.md) object.

## Example

<!-- { "blockType": "request", "name": "get_note" } -->
```http
GET https://graph.microsoft.com/v1.0/notes/1
```

<!-- { "blockType": "response", "@odata.type": "microsoft.graph.note" } -->
```http
HTTP/1.1 200 OK
Content-type: application/json

{ "id": "1", "size": 5.0, "tags": [null, true, -1] }
```
"##;

fn docs(files: &[(&str, &str)]) -> Docs {
    let usual = [
        ("resources/note.md", PAGE),
        ("api/note-get.md", CALL),
        ("includes/more.md", "More on notes."),
    ];
    let chosen = |path: &str| files.iter().find(|(other, _)| *other == path);
    let usual = usual.iter().filter(|(path, _)| chosen(path).is_none());
    let files = usual.chain(files);
    let files = files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    crate::from_files(files).expect("documents")
}

fn shown(facts: &Facts) -> String {
    format!("{facts:#?}")
}

#[test]
fn what_is_known_is_what_would_be_read() {
    let docs = docs(&[]);
    let (first, cache) = docs.facts_with(PageCache::default());
    let cache = PageCache::from_bytes(&bytes(&cache));
    let (second, again) = docs.facts_with(cache.clone());
    assert_eq!(shown(&first), shown(&docs.facts()));
    assert_eq!(shown(&second), shown(&first));
    assert_eq!(again, cache);
}

fn bytes(cache: &PageCache) -> Vec<u8> {
    let mut bytes = Vec::new();
    cache.write(&mut bytes).expect("memory takes all");
    bytes
}

/// The number of pages that are read although a cache is at hand.
fn read_again(before: &Docs, after: &Docs) -> usize {
    let (_, cache) = before.facts_with(PageCache::default());
    let cause = Cause::of(after);
    let pages = after.sources.pages();
    let known = pages.filter(|(_, page)| cache.reading(&cause.key(page)).is_some());
    after.sources.pages().count() - known.count()
}

#[test]
fn a_page_is_read_again_when_what_it_follows_from_has_changed() {
    let site = "[site]\nroot = \"https://example.org\"\napi = \"/api\"\n";
    let table: [(&[(&str, &str)], usize); 6] = [
        (&[], 0),
        (&[("resources/note.md", "# note resource type\n")], 1),
        (&[("includes/more.md", "Less on notes.")], 2),
        (&[("resources/other.md", "# other resource type\n")], 3),
        (&[("codegen.toml", site)], 2),
        (&[("api/note-get.md", PAGE)], 1),
    ];
    for (changed, expected) in table {
        let found = read_again(&docs(&[]), &docs(changed));
        assert_eq!(found, expected, "{changed:?}");
    }
}

#[test]
fn pages_that_are_gone_are_forgotten() {
    let (_, cache) = docs(&[]).facts_with(PageCache::default());
    let one = [("resources/note.md".to_owned(), PAGE.to_owned())];
    let one = crate::from_files(one).expect("documents");
    let (_, cache) = one.facts_with(cache);
    assert_eq!(cache, one.facts_with(PageCache::default()).1);
}

#[test]
fn bytes_that_are_no_cache_know_nothing() {
    let (_, cache) = docs(&[]).facts_with(PageCache::default());
    let bytes = bytes(&cache);
    for end in 0..bytes.len() {
        assert_eq!(PageCache::from_bytes(&bytes[..end]), PageCache::default());
    }
    for place in 0..bytes.len() {
        let mut bytes = bytes.clone();
        bytes[place] ^= 0x40;
        assert_eq!(
            PageCache::from_bytes(&bytes),
            PageCache::default(),
            "{place}"
        );
    }
}
