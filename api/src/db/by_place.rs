//! Rows of wide lists.

/// A row whose fields are read by their place in the `SELECT`, in the order in which they are written here. A wide list has
/// thousands of values, and finding each by its column's name takes longer than reading it.
macro_rules! by_place {
    ($(#[$about:meta])* struct $row:ident { $($field:ident: $of:ty,)+ }) => {
        $(#[$about])*
        struct $row { $($field: $of,)+ }

        impl ::sea_orm::FromQueryResult for $row {
            fn from_query_result(row: &::sea_orm::QueryResult, _prefix: &str) -> Result<Self, ::sea_orm::DbErr> {
                let mut places = 0_usize..;
                let mut place = || places.next().unwrap_or(usize::MAX);
                Ok(Self { $($field: row.try_get_by_index(place())?,)+ })
            }
        }
    };
}

pub(crate) use by_place;
