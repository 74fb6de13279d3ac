//! Columns of a batch by name, in whatever type an engine keeps them.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, LargeBinaryArray, RecordBatch};
use arrow_schema::DataType;
use chrono::NaiveDate;

use super::broken;
use crate::error::Result;

/// A batch's columns.
pub struct Columns<'a>(pub &'a RecordBatch);

/// A value, unless it is null.
pub fn column(values: &LargeBinaryArray, i: usize) -> Option<&[u8]> {
    values.is_valid(i).then(|| values.value(i))
}

/// Values as text; of a column that isn't there each is null.
pub struct Text {
    name: String,
    values: Option<LargeBinaryArray>,
}

impl Text {
    /// The value of a row; bytes that are no UTF-8 are marked.
    pub fn at(&self, i: usize) -> Option<Cow<'_, str>> {
        column(self.values.as_ref()?, i).map(String::from_utf8_lossy)
    }

    /// The same where there has to be one.
    pub fn must(&self, i: usize) -> Result<Cow<'_, str>> {
        self.at(i).ok_or_else(|| broken(format!("the column `{}` is not there, or has no value in row {i} of a batch", self.name)))
    }
}

/// Values that may be null.
pub struct Known<A>(A);

impl Known<Float64Array> {
    /// The value of a row.
    pub fn at(&self, i: usize) -> Option<f64> {
        self.0.is_valid(i).then(|| self.0.value(i))
    }
}

impl Known<Date32Array> {
    /// The value of a row.
    pub fn at(&self, i: usize) -> Option<NaiveDate> {
        if self.0.is_valid(i) { self.0.value_as_date(i) } else { None }
    }
}

impl Columns<'_> {
    /// The bytes of text or of anything that can be written as text.
    pub fn bytes(&self, name: &str) -> Result<Option<LargeBinaryArray>> {
        use DataType::{Binary, BinaryView, FixedSizeBinary, LargeBinary, LargeUtf8, Utf8, Utf8View};
        let Some(array) = self.0.column_by_name(name) else { return Ok(None) };
        let is_text = matches!(array.data_type(), Utf8 | LargeUtf8 | Utf8View | Binary | LargeBinary | BinaryView | FixedSizeBinary(_));
        let written = if is_text { array.clone() } else { cast(name, array, &Utf8)? };
        Ok(Some(cast(name, &written, &LargeBinary)?.as_binary().clone()))
    }

    /// The same as text.
    pub fn text(&self, name: &str) -> Result<Text> {
        Ok(Text { name: name.to_owned(), values: self.bytes(name)? })
    }

    pub fn truth(&self, name: &str) -> Result<BooleanArray> {
        Ok(self.must(name, &DataType::Boolean)?.as_boolean().clone())
    }

    pub fn integer(&self, name: &str) -> Result<Int64Array> {
        Ok(self.must(name, &DataType::Int64)?.as_primitive::<Int64Type>().clone())
    }

    pub fn number(&self, name: &str) -> Result<Known<Float64Array>> {
        Ok(Known(self.must(name, &DataType::Float64)?.as_primitive::<Float64Type>().clone()))
    }

    pub fn date(&self, name: &str) -> Result<Known<Date32Array>> {
        Ok(Known(self.must(name, &DataType::Date32)?.as_primitive::<Date32Type>().clone()))
    }

    fn must(&self, name: &str, to: &DataType) -> Result<ArrayRef> {
        let array = self.0.column_by_name(name).ok_or_else(|| broken(format!("no column is named `{name}`")))?;
        cast(name, array, to)
    }
}

fn cast(name: &str, array: &ArrayRef, to: &DataType) -> Result<ArrayRef> {
    arrow_cast::cast(array, to).map_err(|e| broken(format!("the column `{name}` is {}: {e}", array.data_type())))
}
