//! Master data, which stands in the header of a document or among the results of a query. It is
//! checked by its form, and not used.

use super::fields::{Fields, Path};

/// Notes what is wrong with the header of a document.
pub fn check_header(header: &Fields<'_>) {
    header.others(&["epcisMasterData"], |_, _| ());
    header.inner("epcisMasterData", |data| check_vocabularies(&data));
}

/// Notes what is wrong with a list of vocabularies.
pub fn check_vocabularies(fields: &Fields<'_>) {
    fields.objects("vocabularyList", |vocabulary| {
        vocabulary.required("type");
        vocabulary.uri("type");
        vocabulary.objects("vocabularyElementList", |element| {
            element.required("id");
            element.uri("id");
            element.list("children", |value, path| element.reader.uri(value, path));
            element.objects("attributes", |attribute| {
                attribute.required("id");
                attribute.uri("id");
                if let Some(value) = attribute.get("attribute") {
                    let found =
                        (value.is_number() || value.is_string() || value.is_object()).then_some(());
                    let path = Path::Key(&attribute.path, "attribute");
                    attribute
                        .reader
                        .typed(found, "a text, a number or an object", value, &path);
                }
                Some(())
            });
            Some(())
        });
        Some(())
    });
}
