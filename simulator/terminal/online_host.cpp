#include "simulator/terminal/online_host.hpp"

#include <fmt/format.h>

#include "simulator/issuer/service/load_form.hpp"

namespace tongka::simulator {

namespace message = core::message;
using core::Result;
using message::Values;

Result<Decision<Values>> OnlineHost::ask(std::uint16_t code, const Values& values) {
    TONGKA_TRY(auto reply, line_.ask(code, values));
    if (auto* fields = std::get_if<Values>(&reply))
        return std::move(*fields);
    const auto refused = std::get<message::ResponseCode>(reply);
    if (const auto refusal = refusal_of(refused))
        return *refusal;
    return core::fail(fmt::format("the host refuses {}: {}", message::find_layout(code)->name,
                                  message::find_response_code(static_cast<core::Byte>(refused))->text.en));
}

Result<Decision<LoadState>> OnlineHost::ask_state(std::uint16_t code, const Values& values) {
    TONGKA_TRY(const auto reply, ask(code, values));
    if (const auto* refusal = std::get_if<Refusal>(&reply))
        return *refusal;
    const auto state = std::get<Values>(reply).byte("state");
    if (state > static_cast<core::Byte>(LoadState::disputed))
        return core::fail(fmt::format("the host tells the unknown state {:02X} of a load", state));
    return static_cast<LoadState>(state);
}

Result<Decision<Authorisation>> OnlineHost::authorise(const LoadRequest& request) {
    TONGKA_TRY(const auto reply, ask(message::load_request, write_load_request(request)));
    if (const auto* refusal = std::get_if<Refusal>(&reply))
        return *refusal;
    const auto& values = std::get<Values>(reply);
    if (values.number("amount") != request.amount)
        return core::fail(
            fmt::format("the host authorised {} fen instead of {}", values.number("amount"), request.amount));
    return Authorisation{.date_time = values.array<7>("date-time"), .mac2 = values.array<4>("mac2")};
}

Result<Decision<LoadState>> OnlineHost::confirm(const LoadName& name, const core::Mac& tac, std::uint32_t new_balance) {
    return ask_state(message::load_result, write_load_name(name).set("new-balance", new_balance, 4).set("tac", tac));
}

Result<std::optional<OpenLoad>> OnlineHost::open_load(const Asn& asn, core::Byte type) {
    TONGKA_TRY(const auto reply, ask(message::load_inquiry, Values().set("asn", asn).set("type", type, 1)));
    if (const auto* refusal = std::get_if<Refusal>(&reply))
        return core::fail(fmt::format("the host refuses an inquiry: {}", describe(*refusal).en));
    const auto& values = std::get<Values>(reply);
    if (values.number("open") == 0)
        return std::nullopt;
    return OpenLoad{.counter = static_cast<std::uint16_t>(values.number("counter")),
                    .prove_counter = static_cast<std::uint16_t>(values.number("prove-counter")),
                    .amount = static_cast<std::uint32_t>(values.number("amount")),
                    .challenge = values.array<6>("challenge")};
}

Result<Decision<LoadState>> OnlineHost::resolve(const LoadName& name, const Evidence& evidence) {
    return ask_state(message::load_settlement, write_evidence(name, evidence));
}

} // namespace tongka::simulator
