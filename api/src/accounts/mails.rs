//! Mails to the owner of an account about what keeps it safe: whoever did it from an open screen or a stolen mailbox cannot do
//! it unseen.

use entity::account;

use crate::{
    config::Config,
    db::SystemTx,
    error::{ApiResult, Language, Text},
    jobs::{mail::MailContent, outbox},
};

/// What was done to an account.
#[derive(Clone, Copy, Debug)]
pub enum SecurityChange {
    /// Somebody who was signed in set another password.
    PasswordChanged,
    /// Somebody set another password with the link from a mail.
    PasswordReset,
    /// The second factor is asked for from now on.
    SecondFactorOn,
    /// The second factor is no longer asked for.
    SecondFactorOff,
    /// The operator of the installation turned the second factor off.
    SecondFactorReset,
}

impl SecurityChange {
    fn subject(self) -> Text {
        match self {
            Self::PasswordChanged | Self::PasswordReset => Text::fixed(
                "Kata sandi Satu Pintu Anda diganti",
                "Your Satu Pintu password was changed",
            ),
            Self::SecondFactorOn => Text::fixed(
                "Kode keamanan Satu Pintu Anda aktif",
                "Your Satu Pintu security code is on",
            ),
            Self::SecondFactorOff | Self::SecondFactorReset => Text::fixed(
                "Kode keamanan Satu Pintu Anda dimatikan",
                "Your Satu Pintu security code was turned off",
            ),
        }
    }

    fn what(self) -> Text {
        match self {
            Self::PasswordChanged => Text::fixed(
                "Kata sandi akun ini diganti dari perangkat yang sedang masuk. Perangkat lain sudah dikeluarkan.",
                "The password of this account was changed on a device that is signed in. Other devices were signed out.",
            ),
            Self::PasswordReset => Text::fixed(
                "Kata sandi akun ini diganti lewat tautan Lupa kata sandi. Semua perangkat sudah dikeluarkan.",
                "The password of this account was changed with a Forgot password link. All devices were signed out.",
            ),
            Self::SecondFactorOn => Text::fixed(
                "Sejak sekarang akun ini meminta kode keamanan dari aplikasi di ponsel setiap kali masuk.",
                "From now on this account asks for a security code from an app on a phone at each sign-in.",
            ),
            Self::SecondFactorOff => Text::fixed(
                "Akun ini tidak lagi meminta kode keamanan saat masuk.",
                "This account no longer asks for a security code at sign-in.",
            ),
            Self::SecondFactorReset => Text::fixed(
                "Pengelola server mematikan kode keamanan akun ini atas permintaan. Semua perangkat sudah dikeluarkan. Aktifkan \
                 lagi di Akun dan keamanan sesudah masuk.",
                "The operator of the server turned off this account's security code on request. All devices were signed out. \
                 Turn it on again in Account and security once you are signed in.",
            ),
        }
    }
}

/// Tells the owner of `account`, with the way to take the account back where `config` says where the installation is.
///
/// # Errors
/// When the database refuses.
pub async fn tell_owner(
    tx: &SystemTx,
    config: Option<&Config>,
    account: &account::Model,
    change: SecurityChange,
) -> ApiResult<()> {
    let content = MailContent {
        subject: change.subject(),
        name: account.name.clone(),
        paragraphs: vec![
            change.what(),
            Text::fixed(
                "Bila Anda yang melakukan atau memintanya, abaikan surel ini. Bila bukan, segera buat kata sandi baru lewat Lupa \
                 kata sandi di laman masuk, lalu beri tahu koordinator daerah atau atasan Anda.",
                "If you did this or asked for it, ignore this mail. If not, set a new password at once with Forgot password on \
                 the sign-in page, then tell your district's coordinator or your superior.",
            ),
        ],
        action: config.map(|config| {
            (
                Text::fixed("Bukan saya: buat kata sandi baru", "Not me: set a new password"),
                config.link("/lupa-sandi"),
            )
        }),
    };
    outbox::enqueue_mail(tx, &account.email, Language::from_locale(&account.locale), &content).await
}
