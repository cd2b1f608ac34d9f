//! Mails about applications. Each goes into the outbox in the transaction of its cause.

use entity::{account, registration};

use super::{query, rules::RegistrationStatus as S, view};
use crate::{
    app::Shared,
    auth::token::RandomToken,
    db::SystemTx,
    error::{ApiResult, Language, Text},
    jobs::{mail::MailContent, outbox},
    notices::{About, Notice, NoticeContent, post},
};

/// How long the link is good with which a new coordinator sets the first password.
pub const FIRST_PASSWORD_DAYS: i64 = 7;

/// Asks the applicant to confirm the email. It may go to anybody's mailbox, so it says nothing that whoever applied wrote.
///
/// # Errors
/// When the database refuses.
pub async fn confirm_email(
    tx: &SystemTx,
    shared: &Shared,
    row: &registration::Model,
    token: &RandomToken,
) -> ApiResult<()> {
    let district = &row.district_name;
    let hours = shared.config.confirm_within_hours;
    let content = MailContent {
        subject: Text::new(
            format!("Konfirmasi surel pendaftaran {district}"),
            format!("Confirm the email of the registration of {district}"),
        ),
        name: row.email.clone(),
        paragraphs: vec![
            Text::new(
                format!("Alamat surel ini dipakai untuk mendaftarkan {district} di Satu Pintu."),
                format!("This email address was given to register {district} on Satu Pintu."),
            ),
            Text::new(
                format!(
                    "Konfirmasi surel ini dalam {hours} jam. Bila lewat waktu, permohonan gugur. Daerah Anda baru dipegang untuk Anda setelah permohonan dikirim ke Kementerian Sosial."
                ),
                format!(
                    "Confirm within {hours} hours; otherwise the application lapses. Your district is held for you once the application has been sent to the ministry."
                ),
            ),
            Text::fixed(
                "Bila Anda tidak mendaftarkannya, abaikan surel ini.",
                "If you did not register it, ignore this mail.",
            ),
        ],
        action: Some((
            Text::fixed("Konfirmasi surel", "Confirm the email"),
            shared
                .config
                .link(&format!("/daftar/konfirmasi#token={}", token.secret)),
        )),
    };
    outbox::enqueue_mail(tx, &row.email, Language::from_locale(&row.locale), &content).await
}

/// Tells the applicant where the application stands now, with a link to it.
///
/// # Errors
/// When the database refuses.
pub async fn tell_applicant(tx: &SystemTx, shared: &Shared, row: &registration::Model) -> ApiResult<()> {
    let status = view::status(row)?;
    let token = query::issue_token(tx, row.id).await?;
    let (subject, paragraphs) = news(status, row);
    let content = MailContent {
        subject,
        name: row.applicant_name.clone(),
        paragraphs,
        action: Some((
            Text::fixed("Buka permohonan", "Open the application"),
            shared
                .config
                .link(&format!("/daftar/status#token={}&id={}", token.secret, row.id)),
        )),
    };
    outbox::enqueue_mail(tx, &row.email, Language::from_locale(&row.locale), &content).await
}

fn news(status: S, row: &registration::Model) -> (Text, Vec<Text>) {
    let district = &row.district_name;
    let subject = |id: &str, en: &str| {
        Text::new(
            format!("Permohonan {district}: {id}"),
            format!("Application of {district}: {en}"),
        )
    };
    let note = row.decision_note.as_deref().filter(|note| !note.is_empty());
    let quoted = |id: &str, en: &str| note.map(|note| Text::new(format!("{id}: {note}"), format!("{en}: {note}")));
    let (subject, first, second) = match status {
        S::AwaitingEmailConfirmation | S::Draft => (
            subject("surel terkonfirmasi", "email confirmed"),
            Text::fixed("Surel Anda sudah dikonfirmasi.", "Your email is confirmed."),
            Some(Text::fixed(
                "Langkah berikutnya: unggah surat komitmen kepala dinas, lalu ajukan permohonan.",
                "Next: upload the head of agency's letter of commitment, then hand the application in.",
            )),
        ),
        S::Submitted => (
            subject("sudah diajukan", "handed in"),
            Text::fixed(
                "Permohonan Anda sudah kami terima dan akan ditinjau oleh provinsi dan kementerian.",
                "We have received your application. The province and the ministry will look at it.",
            ),
            Some(Text::fixed(
                "Anda tidak perlu melakukan apa pun sekarang. Setiap kabar kami kirim ke surel ini.",
                "You need not do anything now. We write to this address whenever there is news.",
            )),
        ),
        S::Endorsed => (
            subject("didukung provinsi", "endorsed by the province"),
            Text::fixed(
                "Provinsi sudah meninjau permohonan Anda. Keputusan ada pada kementerian.",
                "The province has looked at your application. The decision is the ministry's.",
            ),
            quoted("Catatan provinsi", "The province's note"),
        ),
        S::Returned => (
            subject("perlu diperbaiki", "needs correcting"),
            Text::fixed(
                "Permohonan Anda dikembalikan untuk diperbaiki. Perbaiki, lalu ajukan lagi.",
                "Your application was returned. Correct it and hand it in again.",
            ),
            quoted("Yang perlu diperbaiki", "What to correct"),
        ),
        S::Rejected => (
            subject("ditolak", "rejected"),
            Text::fixed(
                "Permohonan Anda ditolak. Daerah dapat mengajukan permohonan baru.",
                "Your application was rejected. The district may apply anew.",
            ),
            quoted("Alasan", "Reason"),
        ),
        S::Approved => (
            subject("disetujui", "approved"),
            Text::fixed("Permohonan Anda disetujui.", "Your application was approved."),
            None,
        ),
        S::Expired => (
            subject("kedaluwarsa", "lapsed"),
            Text::fixed(
                "Permohonan Anda gugur karena tidak dilanjutkan. Daerah dapat mengajukan permohonan baru.",
                "Your application has lapsed because nobody went on with it. The district may apply anew.",
            ),
            None,
        ),
    };
    (
        subject,
        [Some(first), second, erasure(status)].into_iter().flatten().collect(),
    )
}

/// What becomes of what the applicant told about themselves.
fn erasure(status: S) -> Option<Text> {
    let days = status.erased_after()?.num_days();
    Some(Text::new(
        format!("Nama, kontak, dan surat Anda dihapus dari permohonan ini setelah {days} hari."),
        format!("Your name, contact and letter are erased from this application after {days} days."),
    ))
}

/// Welcomes the new coordinator: `password_token` for an account that is new, sign-in for one that was there.
///
/// # Errors
/// When the database refuses.
pub async fn welcome(
    tx: &SystemTx,
    shared: &Shared,
    row: &registration::Model,
    password_token: Option<&RandomToken>,
) -> ApiResult<()> {
    let (unit, district) = (&row.unit_name, &row.district_name);
    let (how, action) = match password_token {
        Some(token) => (
            Text::new(
                format!(
                    "Buat kata sandi Anda dengan tautan di bawah. Tautan ini berlaku {FIRST_PASSWORD_DAYS} hari dan hanya dapat dipakai sekali; sesudah itu pakai Lupa kata sandi."
                ),
                format!(
                    "Set your password with the link below. It is good for {FIRST_PASSWORD_DAYS} days and works once; after that use Forgot password."
                ),
            ),
            (
                Text::fixed("Buat kata sandi", "Set the password"),
                shared.config.link(&format!("/atur-ulang#token={}", token.secret)),
            ),
        ),
        None => (
            Text::fixed(
                "Masuk dengan akun Anda yang sudah ada. Daerah ini kini muncul di daftar ruang kerja Anda.",
                "Sign in with the account that you have. The district is now among your workspaces.",
            ),
            (Text::fixed("Masuk", "Sign in"), shared.config.link("/masuk")),
        ),
    };
    let content = MailContent {
        subject: Text::new(
            format!("{unit} {district} disetujui"),
            format!("{unit} {district} is approved"),
        ),
        name: row.applicant_name.clone(),
        paragraphs: vec![
            Text::new(
                format!("Permohonan {district} disetujui. Anda menjadi koordinator {unit} {district} di Satu Pintu."),
                format!(
                    "The application of {district} was approved. You are the coordinator of {unit} {district} on Satu Pintu."
                ),
            ),
            how,
            Text::fixed(
                "Langkah berikutnya: mulai persiapan komponen, dan undang rekan kerja Anda.",
                "Next: begin the setup of the components, and invite your colleagues.",
            ),
        ],
        action: Some(action),
    };
    outbox::enqueue_mail(tx, &row.email, Language::from_locale(&row.locale), &content).await
}

/// Tells reviewers that there is something to look at.
///
/// # Errors
/// When the database refuses.
pub async fn tell_reviewers(tx: &SystemTx, row: &registration::Model, reviewers: &[account::Model]) -> ApiResult<()> {
    let notice = Notice {
        content: NoticeContent::RegistrationSubmitted {
            office: row.office_name.clone(),
            unit: row.unit_name.clone(),
            district: row.district_name.clone(),
        },
        link: format!("/pusat/permohonan/{}", row.id),
        about: About::province(&row.province_code),
    };
    post(tx, reviewers.iter().map(|account| account.id), &notice).await
}
