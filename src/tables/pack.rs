//! Rows as they wait in a file of the same run: cells one behind the other, without names or types.

use chrono::{Datelike, NaiveDate};
use smol_str::SmolStr;

/// What can wait in a file.
pub(crate) trait Packed: Sized {
    /// Adds it to what is packed.
    fn pack(&self, out: &mut Vec<u8>);
    /// Takes it from the beginning of what was packed; none if that is something else.
    fn unpack(bytes: &mut &[u8]) -> Option<Self>;
}

/// The next bytes.
fn next<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}

impl Packed for u64 {
    /// Seven bits a byte, the lowest first; the uppermost bit says that more follow. Most numbers are small.
    fn pack(&self, out: &mut Vec<u8>) {
        let mut left = *self;
        while left >= 0x80 {
            out.push(left as u8 | 0x80);
            left >>= 7;
        }
        out.push(left as u8);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let mut number = 0;
        for shift in (0..Self::BITS).step_by(7) {
            let [byte] = next(bytes)?;
            number |= Self::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

impl Packed for u32 {
    fn pack(&self, out: &mut Vec<u8>) {
        u64::from(*self).pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        u64::unpack(bytes)?.try_into().ok()
    }
}

impl Packed for usize {
    fn pack(&self, out: &mut Vec<u8>) {
        (*self as u64).pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        u64::unpack(bytes)?.try_into().ok()
    }
}

impl Packed for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push((*self).into());
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        next(bytes).map(|[byte]| byte != 0)
    }
}

impl Packed for f64 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        next(bytes).map(Self::from_le_bytes)
    }
}

impl Packed for NaiveDate {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend(self.num_days_from_ce().to_le_bytes());
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Self::from_num_days_from_ce_opt(i32::from_le_bytes(next(bytes)?))
    }
}

/// A text behind its length.
fn text<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let length = usize::unpack(bytes)?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

impl Packed for SmolStr {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        text(bytes).map(Self::new)
    }
}

impl Packed for String {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        text(bytes).map(Self::from)
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(self.is_some().into());
        self.iter().for_each(|known| known.pack(out));
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        if bool::unpack(bytes)? { T::unpack(bytes).map(Some) } else { Some(None) }
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        self.iter().for_each(|item| item.pack(out));
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::unpack(bytes)?;
        // Whatever a broken file says, no more than there is.
        let mut items = Self::with_capacity(length.min(bytes.len()));
        for _ in 0..length {
            items.push(T::unpack(bytes)?);
        }
        Some(items)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(bytes)?, B::unpack(bytes)?))
    }
}

/// A struct by its fields, in order.
macro_rules! packed_struct {
    ($of:ty { $($field:ident),+ $(,)? }) => {
        impl $crate::tables::Packed for $of {
            fn pack(&self, out: &mut Vec<u8>) {
                $($crate::tables::Packed::pack(&self.$field, out);)+
            }

            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: $crate::tables::Packed::unpack(bytes)?),+ })
            }
        }
    };
}
pub(crate) use packed_struct;

/// Words of a vocabulary by their places in it.
macro_rules! packed_words {
    ($($of:ty),+) => {$(
        impl $crate::tables::Packed for $of {
            fn pack(&self, out: &mut Vec<u8>) {
                out.push(*self as u8);
            }

            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                let (word, rest) = bytes.split_first()?;
                *bytes = rest;
                Self::ALL.get(usize::from(*word)).copied()
            }
        }
    )+};
}
pub(super) use packed_words;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Given = (Vec<(u64, u32)>, (Option<f64>, Vec<(bool, (String, Option<Vec<usize>>))>));
    type All = (Given, (Option<NaiveDate>, SmolStr));

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(given: Given, days in -100_000..1_000_000_i32, broken: Vec<u8>) {
            let all: All = (given, (NaiveDate::from_num_days_from_ce_opt(days), SmolStr::new("é".repeat(days.unsigned_abs() as usize % 99))));
            let mut bytes = Vec::new();
            all.pack(&mut bytes);
            let mut left = bytes.as_slice();
            prop_assert_eq!(All::unpack(&mut left), Some(all));
            prop_assert!(left.is_empty());
            let _ = All::unpack(&mut broken.as_slice());
            prop_assert!(All::unpack(&mut &bytes[..bytes.len() - 1]).is_none());
        }
    }
}
