//! Every error a client can see is one row of [`ErrorCode`], sent as RFC 9457 `application/problem+json`.
//!
//! An [`ApiError`] has two faces: the problem, for the client, and a source, for the log. The source never leaves.
//! The language is chosen when the answer is written (see [`crate::http::problem`]), because only then the request
//! is known.

use std::{borrow::Cow, fmt, time::Duration};

use actix_web::{HttpResponse, ResponseError, http::StatusCode};

/// A sentence in both languages of the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Indonesian, the language of thought.
    pub id: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A fixed sentence.
    #[must_use]
    pub const fn fixed(id: &'static str, en: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            en: Cow::Borrowed(en),
        }
    }

    /// A sentence with values in it.
    #[must_use]
    pub fn new(id: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self {
            id: id.into(),
            en: en.into(),
        }
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Indonesian => &self.id,
            Language::English => &self.en,
        }
    }
}

/// A language the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Bahasa Indonesia.
    #[default]
    Indonesian,
    /// English.
    English,
}

impl Language {
    /// Reads an `Accept-Language` header: English only when it is preferred over Indonesian.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let weight = |language: &str| {
            header
                .split(',')
                .filter_map(|part| {
                    let (tag, params) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
                    let primary = tag.split('-').next().unwrap_or_default();
                    let quality = params
                        .trim()
                        .strip_prefix("q=")
                        .map_or(1.0, |q| q.parse().unwrap_or(0.0));
                    primary.eq_ignore_ascii_case(language).then_some(quality)
                })
                .fold(0.0_f32, f32::max)
        };
        if weight("en") > weight("id") {
            Self::English
        } else {
            Self::Indonesian
        }
    }

    /// Reads a stored locale (`id` or `en`).
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        if locale == "en" {
            Self::English
        } else {
            Self::Indonesian
        }
    }
}

macro_rules! error_codes {
    ($($variant:ident $status:literal $code:literal $id:literal / $en:literal;)*) => {
        /// The table of errors: code, status and title in both languages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the English title is the documentation")]
        pub enum ErrorCode {
            $(#[doc = $en] $variant,)*
        }

        impl ErrorCode {
            /// All codes, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable word a program may match on.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The HTTP status it is sent with.
            #[must_use]
            pub fn status(self) -> StatusCode {
                let status: u16 = match self { $(Self::$variant => $status,)* };
                StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }

            /// What happened and what to do, for a person.
            #[must_use]
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text::fixed($id, $en),)* }
            }
        }
    };
}

error_codes! {
    BadRequest 400 "bad_request" "Permintaan tidak dapat dibaca." / "The request cannot be read.";
    Unauthenticated 401 "unauthenticated" "Anda belum masuk. Silakan masuk terlebih dahulu." / "You are not signed in. Sign in first.";
    InvalidCredentials 401 "invalid_credentials" "Surel atau kata sandi tidak cocok. Periksa lagi, atau pilih Lupa kata sandi." / "Email or password does not match. Check them, or choose Forgot password.";
    SecondFactorRequired 401 "second_factor_required" "Masukkan kode 6 angka dari aplikasi autentikator Anda, atau salah satu kode pemulihan." / "Enter the 6-digit code of your authenticator app, or one of your recovery codes.";
    SecondFactorInvalid 401 "second_factor_invalid" "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya lalu coba lagi." / "The code does not match or was already used. Wait for the next one and try again.";
    SessionExpired 401 "session_expired" "Sesi Anda telah berakhir. Silakan masuk kembali; pekerjaan yang tersimpan tidak hilang." / "Your session has ended. Sign in again; saved work is not lost.";
    Forbidden 403 "forbidden" "Peran Anda tidak memiliki izin untuk ini. Mintalah koordinator daerah, atau admin pusat bila Anda bekerja di provinsi atau kementerian." / "Your role does not permit this. Ask the district coordinator, or the national admin if you work for a province or the ministry.";
    SecondFactorSetupRequired 403 "second_factor_setup_required" "Peran ini wajib memakai kode keamanan. Aktifkan di laman Akun dan keamanan." / "This role requires a security code. Turn it on under Account and security.";
    ConflictOfInterest 403 "conflict_of_interest" "Anda anggota daerah ini atau terlibat dalam pengajuannya, sehingga tidak dapat memutuskan. Mintalah peninjau lain." / "You are a member of this district or involved in the request, so you cannot decide. Ask another reviewer.";
    NotFound 404 "not_found" "Laman atau data ini tidak ada." / "This page or record does not exist.";
    DayNotKept 404 "day_not_kept" "Keadaan pada hari itu tidak tersimpan. Pilih tanggal lain." / "What this district had on that day is not kept. Choose another day.";
    MethodNotAllowed 405 "method_not_allowed" "Alamat ini tidak menerima metode tersebut." / "This address does not accept that method.";
    Conflict 409 "conflict" "Data ini bertentangan dengan data yang sudah ada. Muat ulang, lalu periksa isian Anda." / "This conflicts with what is already there. Reload, then check what you entered.";
    NotReady 409 "not_ready" "Layanan belum dapat diluncurkan. Selesaikan dahulu butir-butir berikut." / "The centre cannot go live yet. Finish these items first.";
    DistrictAlreadyRegistered 409 "district_already_registered" "Daerah ini sudah terdaftar atau sedang didaftarkan." / "This district is registered already, or being registered.";
    WrongStatus 409 "wrong_status" "Keadaan permohonan ini tidak memungkinkan langkah tersebut." / "The state of this application does not allow that step.";
    LinkExpired 410 "link_expired" "Tautan ini sudah dipakai, kedaluwarsa, atau tidak lengkap. Mintalah tautan baru." / "This link was used, has expired or is incomplete. Ask for a new one.";
    Stale 412 "stale" "Orang lain sudah mengubah data ini sejak Anda membukanya. Muat versi terbaru, lalu gabungkan perubahan Anda." / "Somebody else changed this since you opened it. Load the latest version and merge your change.";
    PayloadTooLarge 413 "payload_too_large" "Kiriman terlalu besar. Perkecil berkas atau pisahkan isinya." / "The request is too large. Make the file smaller or split what it holds.";
    UnsupportedMediaType 415 "unsupported_media_type" "Jenis isi tidak didukung." / "This kind of content is not supported.";
    InvalidInput 422 "invalid_input" "Ada isian yang perlu diperbaiki." / "Some fields need correction.";
    IdempotencyKeyReused 422 "idempotency_key_reused" "Idempotency-Key ini sudah dipakai untuk permintaan lain. Pakai kunci baru." / "This Idempotency-Key was used for a different request. Use a new key.";
    PackageInvalid 422 "package_invalid" "Berkas ini bukan paket Satu Pintu yang benar." / "This file is not a valid Satu Pintu package.";
    PackageAltered 422 "package_altered" "Isi paket tidak sama dengan yang ditandatangani: berkas rusak atau diubah. Unduh lagi dari sumbernya." / "The package is not what was signed: the file is damaged or was altered. Download it again from its source.";
    PackageTooNew 422 "package_too_new" "Paket ini dibuat oleh versi Satu Pintu yang lebih baru. Perbarui dahulu instalasi ini." / "This package was made by a newer version of Satu Pintu. Update this installation first.";
    PackageTooDeep 422 "package_too_deep" "Paket bersarang terlalu dalam. Minta penerbit mengekspor ulang paketnya." / "The package is nested too deeply. Ask its publisher to export it again.";
    PackageTooManyRecords 422 "package_too_many_records" "Paket memuat terlalu banyak data. Minta penerbit mengekspor ulang paketnya." / "The package holds too many records. Ask its publisher to export it again.";
    PackageUnknownKind 422 "package_unknown_kind" "Paket memuat jenis data yang tidak dikenal instalasi ini. Perbarui dahulu instalasi ini." / "The package holds a kind of record that this installation does not know. Update this installation first.";
    PackageCyclic 422 "package_cyclic" "Data di dalam paket saling membawahi secara melingkar. Minta penerbit mengekspor ulang paketnya." / "Records in the package stand above one another in a circle. Ask its publisher to export it again.";
    PackageUntrusted 409 "package_untrusted" "Penanda tangan paket ini belum dikenal. Cocokkan sidik kuncinya dengan penerbit, lalu kirim lagi beserta sidik itu." / "The signer of this package is not known here. Compare the fingerprint with the publisher, then send it again with the fingerprint.";
    BoundaryInvalid 422 "boundary_invalid" "Berkas batas wilayah ini belum dapat dipakai." / "This boundary file cannot be used yet.";
    NudgedRecently 409 "nudged_recently" "Daerah ini baru saja diingatkan." / "This district was reminded only recently.";
    NotLive 409 "not_live" "Hanya daerah yang layanannya sudah diluncurkan dapat menerbitkan paket." / "Only a district whose centre is live can publish a package.";
    DistrictSuspended 423 "district_suspended" "Ruang kerja daerah ini sedang ditangguhkan: data dapat dilihat, tetapi tidak dapat diubah. Alasannya ada di beranda daerah; hubungi kementerian." / "The workspace of this district is suspended: it can be read, not changed. The reason is on the district's home; contact the ministry.";
    PreconditionRequired 428 "precondition_required" "Sertakan If-Match dengan ETag dari versi yang Anda ubah." / "Send If-Match with the ETag of the version that you change.";
    TooManyRequests 429 "too_many_requests" "Terlalu banyak permintaan. Tunggu sebentar lalu coba lagi." / "Too many requests. Wait a moment and try again.";
    TooManyAttempts 429 "too_many_attempts" "Terlalu banyak percobaan masuk. Tunggu sebentar, atau atur ulang kata sandi." / "Too many sign-in attempts. Wait a moment, or reset the password.";
    Internal 500 "internal" "Terjadi kesalahan pada sistem. Pekerjaan yang sudah tersimpan tidak hilang. Coba lagi, dan sebutkan nomor kejadian bila melapor." / "Something went wrong in the system. Saved work is not lost. Try again, and quote the incident number when you report it.";
    Unavailable 503 "unavailable" "Sistem sedang tidak dapat dihubungi. Coba lagi sebentar lagi." / "The system cannot be reached right now. Try again shortly.";
}

/// What is wrong with one field.
#[derive(Clone, Debug)]
pub struct FieldError {
    /// Path of the field in the request, e.g. `email` or `steps.0.actor`.
    pub field: String,
    /// A stable word, e.g. `required` or `too_long`.
    pub code: &'static str,
    /// An instruction for the person who filled the field.
    pub message: Text,
}

/// The error type of handlers.
#[derive(Debug)]
pub struct ApiError {
    code: ErrorCode,
    detail: Option<Text>,
    fields: Vec<FieldError>,
    retry_after: Option<Duration>,
    current: Option<Box<serde_json::Value>>,
    source: Option<anyhow::Error>,
}

/// What handlers return.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// An error with nothing to add to its title.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self {
            code,
            detail: None,
            fields: Vec::new(),
            retry_after: None,
            current: None,
            source: None,
        }
    }

    /// Input that needs correction, all fields at once.
    #[must_use]
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Self {
            fields,
            ..Self::new(ErrorCode::InvalidInput)
        }
    }

    /// Something unexpected: the client gets a request id, the log the cause.
    #[must_use]
    pub fn internal(source: impl Into<anyhow::Error>) -> Self {
        Self {
            source: Some(source.into()),
            ..Self::new(ErrorCode::Internal)
        }
    }

    /// Adds what is wrong with single fields or things.
    #[must_use]
    pub fn with_fields(mut self, fields: Vec<FieldError>) -> Self {
        self.fields = fields;
        self
    }

    /// Says that the faulty fields lie below `parent` in the request.
    #[must_use]
    pub fn within(mut self, parent: &str) -> Self {
        for error in &mut self.fields {
            error.field = match error.field.as_str() {
                "" | "." => parent.to_owned(),
                field => format!("{parent}.{field}"),
            };
        }
        self
    }

    /// Adds a sentence about this very case.
    #[must_use]
    pub fn detail(mut self, detail: Text) -> Self {
        self.detail = Some(detail);
        self
    }

    /// Adds the resource as it is now, so that a client whose version is stale can show both.
    #[must_use]
    pub fn current(mut self, resource: impl serde::Serialize) -> Self {
        self.current = serde_json::to_value(resource).ok().map(Box::new);
        self
    }

    /// Tells when to try again.
    #[must_use]
    pub const fn retry_after(mut self, after: Duration) -> Self {
        self.retry_after = Some(after);
        self
    }

    /// The row of the table.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// The sentence about this very case.
    #[must_use]
    pub const fn detail_text(&self) -> Option<&Text> {
        self.detail.as_ref()
    }

    /// All of it in both languages, for the operator at a command line.
    #[must_use]
    pub fn in_both_languages(&self) -> String {
        let both = |text: &Text| [text.id.to_string(), text.en.to_string()];
        let mut lines: Vec<String> = both(&self.code().title()).into();
        lines.extend(self.detail.iter().flat_map(both));
        let fields = self.fields.iter();
        lines.extend(fields.map(|field| format!("  {}: {} / {}", field.field, field.message.id, field.message.en)));
        lines.join("\n")
    }

    /// What is wrong field by field.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        &self.fields
    }

    /// How long to wait before trying again.
    #[must_use]
    pub const fn wait(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The resource as it is now.
    #[must_use]
    pub fn current_resource(&self) -> Option<&serde_json::Value> {
        self.current.as_deref()
    }

    /// What the log should say and the client must not see.
    #[must_use]
    pub const fn cause(&self) -> Option<&anyhow::Error> {
        self.source.as_ref()
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl From<sea_orm::DbErr> for ApiError {
    fn from(error: sea_orm::DbErr) -> Self {
        if crate::db::is_unstorable_text(&error) {
            return Self::new(ErrorCode::BadRequest).detail(Text::fixed(
                "Permintaan memuat karakter kosong (U+0000), yang tidak dapat disimpan.",
                "The request contains the null character (U+0000), which cannot be stored.",
            ));
        }
        let code = match &error {
            sea_orm::DbErr::Conn(_) | sea_orm::DbErr::ConnectionAcquire(_) => ErrorCode::Unavailable,
            _ => ErrorCode::Internal,
        };
        Self {
            source: Some(error.into()),
            ..Self::new(code)
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.code())?;
        match &self.source {
            Some(source) => write!(f, ": {source:#}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    /// A bare status: the body is written by [`crate::http::problem`], which knows the language and the request id.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, Language};

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<_> = ErrorCode::ALL.iter().map(|code| code.code()).collect();
        codes.sort_unstable();
        let before = codes.len();
        codes.dedup();
        assert_eq!(before, codes.len());
    }

    #[test]
    fn english_only_when_preferred() {
        for (header, expected) in [
            ("", Language::Indonesian),
            ("en", Language::English),
            ("id,en;q=0.8", Language::Indonesian),
            ("en-GB,en;q=0.9,id;q=0.5", Language::English),
            ("fr, de", Language::Indonesian),
            ("en;q=nonsense", Language::Indonesian),
        ] {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        }
    }
}
