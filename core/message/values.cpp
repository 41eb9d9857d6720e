#include "core/message/values.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "core/bcd.hpp"

namespace tongka::core::message {

const Bytes& Values::bytes(std::string_view field) const {
    const auto found = values_.find(field);
    if (found == values_.end())
        throw std::out_of_range("the message has no field " + std::string(field));
    return found->second;
}

void Values::copy(std::string_view field, std::span<Byte> to) const {
    const Bytes& from = bytes(field);
    if (from.size() != to.size())
        throw std::out_of_range("the field is of another width: " + std::string(field));
    std::ranges::copy(from, to.begin());
}

Result<Bytes> encode_fields(std::span<const Field> fields, const Values& values) {
    Bytes body;
    for (const Field& field : fields) {
        const auto found = values.all().find(field.name);
        if (found == values.all().end())
            return fail(fmt::format("field {} is missing", field.name));
        if (found->second.size() != field.width)
            return fail(
                fmt::format("field {} must have {} bytes, not {}", field.name, field.width, found->second.size()));
        append(body, found->second);
    }
    for (const auto& [name, value] : values.all())
        if (std::ranges::find(fields, name, &Field::name) == fields.end())
            return fail(fmt::format("the message has no field {}", name));
    return body;
}

Result<Values> decode_fields(std::span<const Field> fields, BytesView body) {
    if (body.size() != size_of(fields))
        return fail(fmt::format("the body has {} bytes, not {}", body.size(), size_of(fields)));
    Values values;
    for (const Field& field : fields) {
        const auto bytes = body.first(field.width);
        if (field.type == FieldType::bcd && !is_bcd(bytes))
            return fail(fmt::format("field {} is not BCD", field.name));
        values.set(field.name, bytes);
        body = body.subspan(field.width);
    }
    return values;
}

Result<Values> decode_reply(const Layout& layout, BytesView body) {
    if (body.size() == 1 && body[0] != 0)
        return Values().set(layout.reply.front().name, body);
    TONGKA_TRY(auto values, decode_fields(layout.reply, body));
    if (body[0] != 0)
        return fail("the reply has a body behind a response code that refuses");
    return values;
}

} // namespace tongka::core::message
