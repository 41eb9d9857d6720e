#include "harness/actor/host_messages.hpp"

#include <string>

#include "core/message/values.hpp"

namespace tongka::harness {

namespace message = core::message;

namespace {

/// Results that have another name than the field: a request has one of the same name and another width.
std::string_view result_of(const message::Layout& layout, std::string_view field) {
    if (field == "mac")
        return "limit-mac";
    if (field == "challenge" && layout.code == message::load_inquiry)
        return "load-challenge";
    return field;
}

constexpr std::string_view numbers[] = {"amount", "limit-amount", "granted", "first-serial", "last-sequence"};

} // namespace

core::Result<core::Bytes> request_body(const message::Layout& layout, const Values& arguments,
                                       const std::array<core::Byte, 6>& terminal) {
    message::Values fields;
    for (const auto& field : layout.request) {
        const auto given = arguments.bytes(field.name);
        if (field.name == "terminal")
            fields.set(field.name, core::BytesView(terminal));
        else
            fields.set(field.name, given.empty() ? core::BytesView(core::Bytes(field.width)) : given);
    }
    return message::encode_fields(layout.request, fields);
}

core::Result<void> tell_reply(const message::Layout& layout, core::BytesView body, Values& results) {
    TONGKA_TRY(const auto reply, message::decode_reply(layout, body));
    const auto code = reply.byte("response-code");
    results.set_word("outcome", code == 0 ? "accepted" : "refused");
    results.set("code", core::Bytes{code});
    if (code != 0)
        return {};
    for (const auto& field : layout.reply) {
        if (field.name == "response-code" || field.name == "host-time")
            continue;
        const auto name = result_of(layout, field.name);
        const bool is_number = std::ranges::find(numbers, name) != std::end(numbers);
        if (is_number)
            results.set_number(name, static_cast<std::uint32_t>(reply.number(field.name)));
        else
            results.set(name, core::BytesView(reply.bytes(field.name)));
    }
    return {};
}

} // namespace tongka::harness
