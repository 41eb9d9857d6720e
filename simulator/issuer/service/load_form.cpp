#include "simulator/issuer/service/load_form.hpp"

namespace tongka::simulator {
namespace {

using core::message::ResponseCode;
using core::message::Values;

constexpr core::Byte by_tac = 1;
constexpr core::Byte by_initialize = 2;

// Refusals and their codes stand in the same order.
constexpr auto first = static_cast<unsigned>(ResponseCode::wrong_type);
constexpr auto last = static_cast<unsigned>(ResponseCode::wrong_tac);
static_assert(last - first == static_cast<unsigned>(Refusal::wrong_tac));

InitializeAnswer read_answer(const Values& values, std::string_view counter) {
    return {.old_balance = static_cast<std::uint32_t>(values.number("old-balance")),
            .counter = static_cast<std::uint16_t>(values.number(counter)),
            .key_version = values.byte("key-version"),
            .algorithm = values.byte("algorithm"),
            .random = values.array<4>("random"),
            .mac1 = values.array<4>("mac1")};
}

void write_answer(Values& values, const InitializeAnswer& answer, std::string_view counter) {
    values.set("old-balance", answer.old_balance, 4)
        .set(counter, answer.counter, 2)
        .set("key-version", answer.key_version, 1)
        .set("algorithm", answer.algorithm, 1)
        .set("random", answer.random)
        .set("mac1", answer.mac1);
}

} // namespace

LoadRequest read_load_request(const Values& values) {
    return {.asn = values.array<8>("asn"),
            .city = values.array<2>("city"),
            .type = values.byte("type"),
            .key_index = values.byte("key-index"),
            .amount = static_cast<std::uint32_t>(values.number("amount")),
            .terminal = values.array<6>("pos"),
            .answer = read_answer(values, "counter")};
}

Values write_load_request(const LoadRequest& request) {
    Values values = write_load_name({request.asn, request.type, request.answer.counter});
    values.set("city", request.city)
        .set("key-index", request.key_index, 1)
        .set("amount", request.amount, 4)
        .set("pos", request.terminal);
    write_answer(values, request.answer, "counter");
    return values;
}

LoadName read_load_name(const Values& values) {
    return {values.array<8>("asn"), values.byte("type"), static_cast<std::uint16_t>(values.number("counter"))};
}

Values write_load_name(const LoadName& name) {
    return Values().set("asn", name.asn).set("type", name.type, 1).set("counter", name.counter, 2);
}

std::optional<Evidence> read_evidence(const Values& values) {
    switch (values.byte("evidence")) {
    case by_tac:
        return TacEvidence{values.array<4>("tac")};
    case by_initialize:
        return InitializeEvidence{.key_index = values.byte("key-index"),
                                  .amount = static_cast<std::uint32_t>(values.number("new-amount")),
                                  .answer = read_answer(values, "new-counter")};
    default:
        return std::nullopt;
    }
}

Values write_evidence(const LoadName& name, const Evidence& evidence) {
    const auto* tac = std::get_if<TacEvidence>(&evidence);
    const auto initialize = tac ? InitializeEvidence{} : std::get<InitializeEvidence>(evidence);
    Values values = write_load_name(name);
    values.set("evidence", tac ? by_tac : by_initialize, 1)
        .set("tac", tac ? tac->tac : core::Mac{})
        .set("key-index", initialize.key_index, 1)
        .set("new-amount", initialize.amount, 4);
    write_answer(values, initialize.answer, "new-counter");
    return values;
}

ResponseCode code_of(Refusal refusal) {
    return static_cast<ResponseCode>(first + static_cast<unsigned>(refusal));
}

std::optional<Refusal> refusal_of(ResponseCode code) {
    const auto number = static_cast<unsigned>(code);
    return number < first || number > last ? std::nullopt : std::optional(static_cast<Refusal>(number - first));
}

} // namespace tongka::simulator
