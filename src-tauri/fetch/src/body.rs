//! Takes a body in while counting it (F-7): bytes on the wire, bytes decoded, and how much one became.
//!
//! Nothing is unpacked beyond the limits: the decoders write into a [`Scale`] that refuses the byte
//! that would be one too many, so a bomb costs what it takes to see that it is one.

use std::io::{self, Write};

use brotli_decompressor::DecompressorWriter;
use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::{Error, Limits};

/// Where decoded bytes are kept and weighed.
#[derive(Debug)]
struct Scale {
    bytes: Vec<u8>,
    wire: u64,
    limits: Limits,
    refused: Option<Refused>,
}

impl Scale {
    fn new(limits: Limits) -> Self {
        Self { bytes: Vec::new(), wire: 0, limits, refused: None }
    }
}

#[derive(Debug, Clone, Copy)]
enum Refused {
    TooLarge,
    Bomb,
}

impl Write for Scale {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        let size = (self.bytes.len() + more.len()) as u64;
        let Limits { decoded, ratio, ratio_from, .. } = self.limits;
        self.refused = self.refused.or(match () {
            () if size > ratio_from && size > ratio * self.wire => Some(Refused::Bomb),
            () if size > decoded => Some(Refused::TooLarge),
            () => None,
        });
        if self.refused.is_some() {
            return Err(io::Error::other("refused"));
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Decoder {
    Plain(Scale),
    Gzip(Box<MultiGzDecoder<Scale>>),
    /// HTTP's “deflate”, before its first byte tells whether it comes with zlib's header or without.
    Deflate(Scale),
    Zlib(Box<ZlibDecoder<Scale>>),
    Raw(Box<DeflateDecoder<Scale>>),
    Brotli(Box<DecompressorWriter<Scale>>),
}

/// A body on its way in.
pub struct Body {
    decoder: Decoder,
    limits: Limits,
}

/// Room for a decoder's steps.
const STEP: usize = 32 * 1024;

impl Body {
    /// A body that comes in `coding`, the `Content-Encoding` given.
    pub fn new(coding: Option<&str>, limits: Limits) -> Result<Self, Error> {
        let scale = Scale::new(limits);
        let coding = coding.map(|coding| coding.trim().to_ascii_lowercase());
        let decoder = match coding.as_deref() {
            None | Some("" | "identity" | "none" | "utf-8") => Decoder::Plain(scale),
            Some("gzip" | "x-gzip") => Decoder::Gzip(Box::new(MultiGzDecoder::new(scale))),
            Some("deflate") => Decoder::Deflate(scale),
            Some("br") => Decoder::Brotli(Box::new(DecompressorWriter::new(scale, STEP))),
            Some(other) => {
                return Err(Error::Coding { reason: format!("“{other}”, which was not asked for") });
            }
        };
        Ok(Self { decoder, limits })
    }

    /// Takes more bytes from the wire.
    pub fn take(&mut self, more: &[u8]) -> Result<(), Error> {
        if more.is_empty() {
            return Ok(());
        }
        if let Decoder::Deflate(_) = self.decoder {
            self.look_into(more);
        }
        let scale = self.scale();
        scale.wire += more.len() as u64;
        if scale.wire > self.limits.wire {
            return Err(Error::TooLarge { most: self.limits.wire, unpacked: false });
        }
        let written = match &mut self.decoder {
            Decoder::Plain(scale) | Decoder::Deflate(scale) => scale.write_all(more),
            Decoder::Gzip(decoder) => decoder.write_all(more),
            Decoder::Zlib(decoder) => decoder.write_all(more),
            Decoder::Raw(decoder) => decoder.write_all(more),
            Decoder::Brotli(decoder) => decoder.write_all(more),
        };
        written.map_err(|error| self.why(&error))
    }

    /// The whole body, decoded.
    pub fn finish(mut self) -> Result<Vec<u8>, Error> {
        // Nothing at all is an empty page, however it is said to be packed.
        if self.scale().wire == 0 {
            return Ok(Vec::new());
        }
        let ended = match &mut self.decoder {
            Decoder::Plain(_) | Decoder::Deflate(_) => Ok(()),
            Decoder::Gzip(decoder) => decoder.try_finish(),
            Decoder::Zlib(decoder) => decoder.try_finish(),
            Decoder::Raw(decoder) => decoder.try_finish(),
            Decoder::Brotli(decoder) => decoder.close(),
        };
        ended.map_err(|error| self.why(&error))?;
        Ok(std::mem::take(&mut self.scale().bytes))
    }

    /// Tells by the first byte whether “deflate” means zlib, as the standard says, or bare deflate, as
    /// some servers do: zlib's first byte names method 8 and a window of at most 32 KiB.
    fn look_into(&mut self, first: &[u8]) {
        let scale = Scale::new(self.limits);
        self.decoder = if first[0] & 0x0f == 8 && first[0] >> 4 <= 7 {
            Decoder::Zlib(Box::new(ZlibDecoder::new(scale)))
        } else {
            Decoder::Raw(Box::new(DeflateDecoder::new(scale)))
        };
    }

    fn scale(&mut self) -> &mut Scale {
        match &mut self.decoder {
            Decoder::Plain(scale) | Decoder::Deflate(scale) => scale,
            Decoder::Gzip(decoder) => decoder.get_mut(),
            Decoder::Zlib(decoder) => decoder.get_mut(),
            Decoder::Raw(decoder) => decoder.get_mut(),
            Decoder::Brotli(decoder) => decoder.get_mut(),
        }
    }

    fn why(&mut self, error: &io::Error) -> Error {
        let limits = self.limits;
        match self.scale().refused {
            Some(Refused::Bomb) => Error::Bomb { ratio: limits.ratio },
            Some(Refused::TooLarge) => Error::TooLarge { most: limits.decoded, unpacked: true },
            None => Error::Coding { reason: format!("it is damaged or ends early: {error}") },
        }
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn words() -> Vec<u8> {
        (0..4000)
            .flat_map(|n| format!("Berth {n} stays open to ships that carry grain. ").into_bytes())
            .collect()
    }

    fn packed(coding: &str, bytes: &[u8]) -> Vec<u8> {
        let level = Compression::default();
        match coding {
            "gzip" => {
                let mut encoder = GzEncoder::new(Vec::new(), level);
                encoder.write_all(bytes).unwrap();
                encoder.finish().unwrap()
            }
            "deflate" => {
                let mut encoder = ZlibEncoder::new(Vec::new(), level);
                encoder.write_all(bytes).unwrap();
                encoder.finish().unwrap()
            }
            "bare" => {
                let mut encoder = DeflateEncoder::new(Vec::new(), level);
                encoder.write_all(bytes).unwrap();
                encoder.finish().unwrap()
            }
            _ => {
                let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 4, 18);
                encoder.write_all(bytes).unwrap();
                encoder.into_inner()
            }
        }
    }

    fn read(coding: &str, bytes: &[u8], limits: Limits) -> Result<Vec<u8>, Error> {
        let mut body = Body::new(Some(coding), limits)?;
        bytes.chunks(777).try_for_each(|chunk| body.take(chunk))?;
        body.finish()
    }

    #[test]
    fn every_coding_that_is_asked_for_is_unpacked_to_the_letter() {
        let words = words();
        for (coding, as_packed) in
            [("gzip", "gzip"), ("deflate", "deflate"), ("deflate", "bare"), ("br", "br"), ("X-Gzip", "gzip")]
        {
            let found = read(coding, &packed(as_packed, &words), Limits::default()).unwrap();
            assert!(found == words, "{coding} {as_packed}");
        }
        assert_eq!(read("identity", &words, Limits::default()).unwrap(), words);
        let two = [packed("gzip", &words[..900]), packed("gzip", &words[900..])].concat();
        assert_eq!(read("gzip", &two, Limits::default()).unwrap(), words);
    }

    #[test]
    fn a_packed_body_that_ends_early_or_is_damaged_is_an_error_and_no_short_page() {
        for coding in ["gzip", "deflate", "br"] {
            let whole = packed(coding, &words());
            let cut = read(coding, &whole[..whole.len() / 2], Limits::default());
            assert!(matches!(cut, Err(Error::Coding { .. })), "{coding}");
            let mut torn = whole.clone();
            let middle = torn.len() / 2;
            torn[middle..middle + 8].fill(0xff);
            assert!(read(coding, &torn, Limits::default()).is_err(), "{coding}");
            assert_eq!(read(coding, b"", Limits::default()).unwrap(), b"", "{coding}");
        }
    }

    #[test]
    fn other_codings_are_refused() {
        for coding in ["zstd", "compress", "gzip, br", "dcb"] {
            assert!(
                matches!(Body::new(Some(coding), Limits::default()), Err(Error::Coding { .. })),
                "{coding}"
            );
        }
    }

    #[test]
    fn each_limit_is_held_to_the_byte() {
        let words = words();
        let size = words.len() as u64;
        let limits = Limits { wire: size, decoded: size, ..Limits::default() };
        assert!(read("identity", &words, limits).is_ok());
        let short = Limits { wire: size - 1, ..limits };
        assert!(matches!(read("identity", &words, short), Err(Error::TooLarge { unpacked: false, .. })));
        let short = Limits { decoded: size - 1, ..limits };
        assert!(matches!(
            read("gzip", &packed("gzip", &words), short),
            Err(Error::TooLarge { unpacked: true, .. })
        ));
        let zeros = packed("gzip", &vec![0; 3 << 20]);
        assert!(matches!(read("gzip", &zeros, Limits::default()), Err(Error::Bomb { .. })));
        let small = packed("gzip", &vec![0; 1 << 20]);
        assert_eq!(read("gzip", &small, Limits::default()).unwrap().len(), 1 << 20);
    }
}
