//! Mails: written with the change that causes them, sent by the outbox.

use std::sync::LazyLock;

use anyhow::{Context, Result};
use entity::local_mail;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};
use minijinja::{Environment, context};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde::{Deserialize, Serialize};

use crate::{
    config::Config,
    db::{Db, Origin, Transaction},
    error::{Language, Text},
};
use entity::ids::{LocalMailId, OutboxId};

/// What a mail says, in both languages.
#[derive(Clone, Debug)]
pub struct MailContent {
    /// The subject.
    pub subject: Text,
    /// Whom it greets.
    pub name: String,
    /// What it says.
    pub paragraphs: Vec<Text>,
    /// The button: its label and where it leads.
    pub action: Option<(Text, String)>,
}

/// A mail ready to leave, as the outbox keeps it.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// For readers of plain text.
    pub text: String,
    /// For everybody else.
    pub html: String,
}

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    for (name, source) in [
        ("mail.txt", include_str!("../../templates/mail/mail.txt")),
        ("mail.html", include_str!("../../templates/mail/mail.html")),
    ] {
        // A broken template is found by the test below; at run time rendering reports it.
        let _ = environment.add_template(name, source);
    }
    environment
});

/// Writes a mail in the reader's language.
///
/// # Errors
/// Only when a template is broken.
pub fn render(to: &str, language: Language, content: &MailContent) -> Result<Mail> {
    let say = |text: &Text| text.in_language(language).to_owned();
    let subject = say(&content.subject);
    let greeting = say(&Text::new(
        format!("Yth. {},", content.name),
        format!("Dear {},", content.name),
    ));
    let footer = say(&Text::fixed(
        "Surel ini dikirim otomatis. Mohon tidak meneruskan tautan di dalamnya kepada orang lain.",
        "This mail was sent automatically. Do not pass its links on to others.",
    ));
    let lang = if language == Language::English { "en" } else { "id" };
    let paragraphs: Vec<String> = content.paragraphs.iter().map(say).collect();
    let (action_label, action_url) = content
        .action
        .as_ref()
        .map(|(label, url)| (say(label), url.clone()))
        .unwrap_or_default();
    let values = context!(lang, subject => &subject, greeting, paragraphs, action_label, action_url, footer);
    Ok(Mail {
        to: to.to_owned(),
        text: TEMPLATES.get_template("mail.txt")?.render(&values)?,
        html: TEMPLATES.get_template("mail.html")?.render(&values)?,
        subject,
    })
}

/// The way out: a mail server, or the local mailbox.
#[derive(Clone)]
pub enum Mailer {
    /// A real server.
    Smtp {
        /// The connection pool.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// The sender.
        from: Box<Mailbox>,
    },
    /// Kept in the database and shown at `/dev/mail` (demo mode).
    Local,
    /// Nowhere: mails wait in the outbox until a server is configured.
    None,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Smtp { .. } => "Smtp",
            Self::Local => "Local",
            Self::None => "None",
        })
    }
}

impl Mailer {
    /// The way out that the settings ask for.
    ///
    /// # Errors
    /// When the server's URL or the sender cannot be understood.
    pub fn from_config(config: &Config) -> Result<Self> {
        let Some(url) = &config.smtp_url else {
            return Ok(if config.demo { Self::Local } else { Self::None });
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("SATUPINTU_SMTP_URL is not a mail server URL")?
            .timeout(Some(std::time::Duration::from_secs(20)))
            .build();
        let from = config
            .mail_from
            .parse()
            .context("SATUPINTU_MAIL_FROM is not an address")?;
        Ok(Self::Smtp {
            transport,
            from: Box::new(from),
        })
    }

    /// Sends one mail. The message id is made of the outbox id, so that a mail sent twice (the service was killed
    /// between sending and noting it) is recognizable.
    ///
    /// # Errors
    /// When the server does not take it; the outbox tries again.
    pub async fn send(&self, db: &Db, id: OutboxId, mail: &Mail) -> Result<()> {
        match self {
            Self::Smtp { transport, from } => {
                let domain = from.email.domain().to_owned();
                let message = Message::builder()
                    .message_id(Some(format!("<{id}@{domain}>")))
                    .from((**from).clone())
                    .to(mail.to.parse().context("recipient")?)
                    .subject(mail.subject.clone())
                    .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))?;
                transport.send(message).await?;
            }
            Self::Local => {
                let tx = db.system(Origin::system("outbox")).await?;
                let mail = local_mail::ActiveModel {
                    // As the message id above: sent twice, it is the same mail.
                    id: Set(LocalMailId(id.0)),
                    sent_at: Set(chrono::Utc::now()),
                    recipient: Set(mail.to.clone()),
                    subject: Set(mail.subject.clone()),
                    text_body: Set(mail.text.clone()),
                    html_body: Set(mail.html.clone()),
                };
                local_mail::Entity::insert(mail)
                    .on_conflict(OnConflict::new().do_nothing().to_owned())
                    .exec_without_returning(&tx)
                    .await?;
                tx.commit().await?;
            }
            Self::None => anyhow::bail!("no mail server is configured (SATUPINTU_SMTP_URL)"),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, MailContent, Text, render};

    #[test]
    fn speaks_both_languages_and_escapes() {
        let content = MailContent {
            subject: Text::fixed("Undangan", "Invitation"),
            name: "Andi <b>".into(),
            paragraphs: vec![Text::fixed("Anda diundang.", "You are invited.")],
            action: Some((Text::fixed("Terima", "Accept"), "https://x.example/u#a&b".into())),
        };
        let id = render("a@b.id", Language::Indonesian, &content).unwrap();
        assert_eq!(id.subject, "Undangan");
        assert!(id.text.contains("Yth. Andi <b>,") && id.text.contains("https://x.example/u#a&b"));
        assert!(id.html.contains("Andi &lt;b&gt;") && !id.html.contains("Andi <b>"));
        let en = render("a@b.id", Language::English, &content).unwrap();
        assert!(en.text.contains("You are invited.") && en.html.contains("lang=\"en\""));
    }
}
