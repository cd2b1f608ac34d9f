//! A query by hand that is narrowed by what a request asks for.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

/// A `SELECT` with a `WHERE`, and the values of its placeholders.
#[derive(Debug)]
pub struct Narrowed {
    sql: String,
    values: Vec<Value>,
}

impl Narrowed {
    /// `select` ends within its `WHERE`; `values` are those of its `$1`, `$2` and so on.
    #[must_use]
    pub fn new(select: impl Into<String>, values: Vec<Value>) -> Self {
        Self {
            sql: select.into(),
            values,
        }
    }

    /// Also holds `condition`, in which each `?` stands for the next of `values`. The condition is our own text: what people
    /// wrote is only ever a value.
    pub fn and<const COUNT: usize>(&mut self, condition: &str, values: [Value; COUNT]) {
        self.sql.push_str(" AND ");
        self.push(condition, values);
    }

    /// The first `limit` rows in this order.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn first<Row: FromQueryResult>(
        mut self,
        tx: &impl ConnectionTrait,
        order: &str,
        limit: u64,
    ) -> Result<Vec<Row>, DbErr> {
        self.limit(order, limit);
        self.rows(tx).await
    }

    /// The first `limit` rows in this order, each as the JSON that the database makes of it, behind the columns of `order`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn first_as_json<Row: FromQueryResult>(
        mut self,
        tx: &impl ConnectionTrait,
        order: &str,
        limit: u64,
    ) -> Result<Vec<Row>, DbErr> {
        self.limit(order, limit);
        self.sql = format!(
            "SELECT {order}, row_to_json(listed)::text FROM ({}) listed ORDER BY {order}",
            self.sql
        );
        self.rows(tx).await
    }

    fn limit(&mut self, order: &str, limit: u64) {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.push(&format!(" ORDER BY {order} LIMIT ?"), [limit.into()]);
    }

    async fn rows<Row: FromQueryResult>(self, tx: &impl ConnectionTrait) -> Result<Vec<Row>, DbErr> {
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), self.sql, self.values);
        Row::find_by_statement(statement).all(tx).await
    }

    fn push<const COUNT: usize>(&mut self, text: &str, values: [Value; COUNT]) {
        let mut parts = text.split('?');
        self.sql.push_str(parts.next().unwrap_or_default());
        for (part, value) in parts.zip(values) {
            self.values.push(value);
            self.sql.push_str(&format!("${}{part}", self.values.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Narrowed;

    #[test]
    fn placeholders_are_counted_on() {
        let mut query = Narrowed::new("SELECT a FROM t WHERE b > $1", vec![1.into()]);
        query.and("c = ?", [2.into()]);
        query.and("c IS NOT NULL", []);
        query.and("(d, e) > (?, ?)", [3.into(), 4.into()]);
        assert_eq!(
            query.sql,
            "SELECT a FROM t WHERE b > $1 AND c = $2 AND c IS NOT NULL AND (d, e) > ($3, $4)"
        );
        assert_eq!(query.values.len(), 4);
    }
}
