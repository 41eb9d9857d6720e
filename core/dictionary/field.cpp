#include "core/dictionary/field.hpp"

namespace tongka::core::dictionary {

std::string_view name(Kind kind) {
    switch (kind) {
    case Kind::data:
        return "data";
    case Kind::amount:
        return "amount";
    case Kind::number:
        return "number";
    case Kind::date:
        return "date";
    case Kind::time:
        return "time";
    case Kind::terminal:
        return "terminal";
    case Kind::serial:
        return "serial";
    case Kind::city:
        return "city";
    case Kind::transaction_type:
        return "transaction_type";
    case Kind::purse:
        return "purse";
    case Kind::key_index:
        return "key_index";
    case Kind::key_version:
        return "key_version";
    case Kind::key_usage:
        return "key_usage";
    case Kind::algorithm:
        return "algorithm";
    case Kind::random:
        return "random";
    case Kind::cryptogram:
        return "cryptogram";
    case Kind::mac:
        return "mac";
    case Kind::tac:
        return "tac";
    case Kind::factors:
        return "factors";
    case Kind::pin:
        return "pin";
    case Kind::key:
        return "key";
    case Kind::file_id:
        return "file_id";
    case Kind::name:
        return "name";
    case Kind::fci:
        return "fci";
    case Kind::file_content:
        return "file_content";
    case Kind::binary_reference:
        return "binary_reference";
    case Kind::record_reference:
        return "record_reference";
    }
    return "data";
}

} // namespace tongka::core::dictionary
