//! A look at the bytes of a JSON document before it is parsed: what a parser would build of them.

/// What a document holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JsonScan {
    /// How deeply lists and objects are nested.
    pub depth: usize,
    /// How many commas stand between values: about as many values would be built.
    pub commas: usize,
    /// How many lists begin: each would be built, also when nothing is in it.
    pub lists: usize,
    /// How many objects begin.
    pub objects: usize,
}

/// Counts without building anything. What is no JSON gives some numbers too; the parser will say so.
#[must_use]
pub fn scan(bytes: &[u8]) -> JsonScan {
    let mut scan = JsonScan::default();
    let mut now = 0_usize;
    let (mut in_text, mut escaped) = (false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                now += 1;
                scan.depth = scan.depth.max(now);
                if *byte == b'[' {
                    scan.lists += 1;
                } else {
                    scan.objects += 1;
                }
            }
            b']' | b'}' if !in_text => now = now.saturating_sub(1),
            b',' if !in_text => scan.commas += 1,
            _ => {}
        }
    }
    scan
}

#[cfg(test)]
mod tests {
    use super::{JsonScan, scan};

    #[test]
    fn counts_outside_of_texts() {
        for (json, depth, commas, lists, objects) in [
            ("", 0, 0, 0, 0),
            ("[[1,2],[3,4]]", 2, 3, 3, 0),
            (r#"{"a": "[[,\"[,"}"#, 1, 0, 0, 1),
            (r#"{"a": "\\", "b": [{}]}"#, 3, 1, 1, 2),
            ("[[][][]", 2, 0, 4, 0),
            ("]]][", 1, 0, 1, 0),
        ] {
            let expected = JsonScan {
                depth,
                commas,
                lists,
                objects,
            };
            assert_eq!(scan(json.as_bytes()), expected, "{json}");
        }
    }
}
