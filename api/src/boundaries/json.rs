//! The pieces of JSON that boundary files are made of, read without building what is not needed.

use std::collections::BTreeMap;

use geo::Coord;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::read::{CODE_NAMES, NAME_NAMES};

/// A position; heights are left out.
pub(super) struct Position(pub Coord<f64>);
/// The number of an arc; below zero, `!i` is arc `i` backwards.
pub(super) struct ArcIndex(pub i64);

/// Lists in lists, down to something.
pub(super) enum Nest<T> {
    One(T),
    List(Vec<Nest<T>>),
}

impl<T> Default for Nest<T> {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

/// A number, or a word; anything else is nothing.
#[derive(Default)]
pub(super) enum Scalar {
    #[default]
    None,
    Text(String),
}

/// The properties that may hold a code or a name.
#[derive(Default)]
pub(super) struct Properties(pub BTreeMap<String, Scalar>);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pair;
        impl<'de> Visitor<'de> for Pair {
            type Value = Position;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a position")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Position, A::Error> {
                let missing = || serde::de::Error::invalid_length(0, &"two numbers");
                let x = seq.next_element()?.ok_or_else(missing)?;
                let y = seq.next_element()?.ok_or_else(missing)?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Position(Coord { x, y }))
            }
        }
        deserializer.deserialize_seq(Pair)
    }
}

impl<'de> Deserialize<'de> for Nest<ArcIndex> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Indexes;
        impl<'de> Visitor<'de> for Indexes {
            type Value = Nest<ArcIndex>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("numbers of arcs")
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Nest::One(ArcIndex(value)))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Nest::One(ArcIndex(i64::try_from(value).unwrap_or(i64::MAX))))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Nest::List(list))
            }
        }
        deserializer.deserialize_any(Indexes)
    }
}

/// What an element of a nest of positions can be: a number says that the list around it is a position.
enum Element {
    Number(f64),
    Nest(Nest<Position>),
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Elements;
        impl<'de> Visitor<'de> for Elements {
            type Value = Element;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("positions")
            }
            fn visit_f64<E>(self, value: f64) -> Result<Element, E> {
                Ok(Element::Number(value))
            }
            #[allow(clippy::cast_precision_loss, reason = "degrees are small")]
            fn visit_i64<E>(self, value: i64) -> Result<Element, E> {
                Ok(Element::Number(value as f64))
            }
            #[allow(clippy::cast_precision_loss, reason = "degrees are small")]
            fn visit_u64<E>(self, value: u64) -> Result<Element, E> {
                Ok(Element::Number(value as f64))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Element, A::Error> {
                let mut list = Vec::new();
                match seq.next_element()? {
                    None => {}
                    Some(Element::Number(x)) => {
                        let missing = || serde::de::Error::invalid_length(1, &"two numbers");
                        let y = seq.next_element()?.ok_or_else(missing)?;
                        while seq.next_element::<IgnoredAny>()?.is_some() {}
                        return Ok(Element::Nest(Nest::One(Position(Coord { x, y }))));
                    }
                    Some(Element::Nest(first)) => list.push(first),
                }
                while let Some(item) = seq.next_element()? {
                    match item {
                        Element::Nest(nest) => list.push(nest),
                        Element::Number(_) => return Err(serde::de::Error::custom("a number among positions")),
                    }
                }
                Ok(Element::Nest(Nest::List(list)))
            }
        }
        deserializer.deserialize_any(Elements)
    }
}

impl<'de> Deserialize<'de> for Nest<Position> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Element::deserialize(deserializer)? {
            Element::Nest(nest) => Ok(nest),
            Element::Number(_) => Err(serde::de::Error::custom("a number instead of positions")),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = Scalar;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("anything")
            }
            fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
                // Enough for every name, and to show what is no code.
                Ok(Scalar::Text(value.trim().chars().take(80).collect()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar::Text(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar::Text(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
                // 73.10 as a number is 73.1.
                let decimals = if value.fract() == 0.0 { 0 } else { 2 };
                Ok(Scalar::Text(format!("{value:.decimals$}")))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
                Ok(Scalar::None)
            }
            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar::None)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar::None)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar::None)
            }
        }
        deserializer.deserialize_any(Words)
    }
}

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Named;
        impl<'de> Visitor<'de> for Named {
            type Value = Properties;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("properties")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
                let mut kept = BTreeMap::new();
                while let Some(name) = map.next_key::<String>()? {
                    let name = name.to_ascii_lowercase();
                    if CODE_NAMES.contains(&name.as_str()) || NAME_NAMES.contains(&name.as_str()) {
                        kept.insert(name, map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Properties(kept))
            }
        }
        deserializer.deserialize_map(Named)
    }
}

impl<T> Nest<T> {
    /// The list that it is.
    pub(super) fn list(self) -> Option<Vec<Self>> {
        match self {
            Self::List(list) => Some(list),
            Self::One(_) => None,
        }
    }

    /// The one thing that it is.
    pub(super) fn one(self) -> Option<T> {
        match self {
            Self::One(one) => Some(one),
            Self::List(_) => None,
        }
    }
}
