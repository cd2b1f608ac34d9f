//! Lists: an opaque cursor, a limit, `items` and `next_cursor`. No counting.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};

use crate::error::{ApiError, ApiResult, FieldError, Text};

const MAX_LIMIT: u64 = 200;
const DEFAULT_LIMIT: u64 = 50;

/// The query parameters of every list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Where the next page begins: `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many items at most, 1 to 200.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<u64>,
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Send it as `cursor` to get the next page; null on the last one.
    pub next_cursor: Option<String>,
}

/// Where a page begins: the sort key of the last item before it, opaque to clients.
pub trait Cursor: Serialize + DeserializeOwned {}
impl<T: Serialize + DeserializeOwned> Cursor for T {}

impl PageQuery {
    /// The limit, checked.
    ///
    /// # Errors
    /// 422 when it is out of range.
    pub fn limit(&self) -> ApiResult<u64> {
        match self.limit {
            None => Ok(DEFAULT_LIMIT),
            Some(limit) if (1..=MAX_LIMIT).contains(&limit) => Ok(limit),
            Some(_) => Err(ApiError::invalid(vec![FieldError {
                field: "limit".into(),
                code: "out_of_range",
                message: Text::fixed("Isi angka 1 sampai 200.", "Give a number from 1 to 200."),
            }])),
        }
    }

    /// The place where the page begins, `None` for the first page.
    ///
    /// # Errors
    /// 422 when the cursor is not one that a list of this kind gave.
    pub fn after<C: Cursor>(&self) -> ApiResult<Option<C>> {
        let Some(cursor) = self.cursor.as_deref().filter(|cursor| !cursor.is_empty()) else {
            return Ok(None);
        };
        URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .map(Some)
            .ok_or_else(|| {
                ApiError::invalid(vec![FieldError {
                    field: "cursor".into(),
                    code: "unknown_cursor",
                    message: Text::fixed(
                        "Penanda halaman tidak dikenal. Mulai lagi dari halaman pertama.",
                        "This page marker is not known. Start again from the first page.",
                    ),
                }])
            })
    }
}

impl<T> Page<T> {
    /// Makes a page of rows that were read with `LIMIT limit + 1`.
    pub fn of<R, C: Cursor>(mut rows: Vec<R>, limit: u64, cursor: impl Fn(&R) -> C, item: impl Fn(R) -> T) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(|last| {
            let key = serde_json::to_vec(&cursor(last)).unwrap_or_default();
            URL_SAFE_NO_PAD.encode(key)
        });
        Self {
            items: rows.into_iter().map(item).collect(),
            next_cursor,
        }
    }

    /// The same, of rows that may hold what nobody can read any more.
    ///
    /// # Errors
    /// What `item` says of the first row that it cannot read.
    pub fn try_of<R, C: Cursor>(
        rows: Vec<R>,
        limit: u64,
        cursor: impl Fn(&R) -> C,
        item: impl Fn(R) -> ApiResult<T>,
    ) -> ApiResult<Self> {
        let page = Page::of(rows, limit, cursor, item);
        Ok(Self {
            items: page.items.into_iter().collect::<ApiResult<_>>()?,
            next_cursor: page.next_cursor,
        })
    }
}
