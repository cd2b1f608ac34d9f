//! `/dev/mail`: the mails of the demo, which has no mail server. Registered in demo mode only.

use actix_web::{HttpResponse, web};
use entity::{ids::LocalMailId, local_mail};
use minijinja::{Environment, context};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use crate::{
    auth::Public,
    error::{ApiError, ApiResult, ErrorCode},
};

const LIST: &str = include_str!("../../templates/dev_mail.html");

async fn list(who: Public) -> ApiResult<HttpResponse> {
    let tx = who.system().await?;
    let rows = local_mail::Entity::find()
        .order_by_desc(local_mail::Column::Id)
        .limit(100)
        .all(&tx)
        .await?;
    let mails: Vec<_> = rows
        .iter()
        .map(|row| {
            let sent_at = row.sent_at.format("%d.%m.%Y %H:%M:%S UTC").to_string();
            context!(id => row.id.to_string(), sent_at, recipient => &row.recipient, subject => &row.subject, text => &row.text_body)
        })
        .collect();
    let mut environment = Environment::new();
    environment
        .add_template("list.html", LIST)
        .map_err(ApiError::internal)?;
    let template = environment.get_template("list.html").map_err(ApiError::internal)?;
    let html = template.render(context!(mails)).map_err(ApiError::internal)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

async fn show(who: Public, id: web::Path<uuid::Uuid>) -> ApiResult<HttpResponse> {
    let tx = who.system().await?;
    let mail = local_mail::Entity::find_by_id(LocalMailId(*id))
        .one(&tx)
        .await?
        .ok_or(ErrorCode::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(mail.html_body))
}

/// The mailbox's pages.
pub fn register(config: &mut web::ServiceConfig) {
    config
        .route("/dev/mail", web::get().to(list))
        .route("/dev/mail/{id}", web::get().to(show));
}
