#pragma once

#include "core/message/response_code.hpp"
#include "core/message/values.hpp"
#include "simulator/issuer/host/load_service.hpp"

/// What the load host speaks of, as fields of messages (core/message/layout.cpp), for both ends of the line.
namespace tongka::simulator {

/// Throw std::out_of_range for values that are not those of the message's table.
[[nodiscard]] LoadRequest read_load_request(const core::message::Values& values);
[[nodiscard]] LoadName read_load_name(const core::message::Values& values);
/// None for a kind of evidence that is none.
[[nodiscard]] std::optional<Evidence> read_evidence(const core::message::Values& values);

[[nodiscard]] core::message::Values write_load_request(const LoadRequest& request);
[[nodiscard]] core::message::Values write_load_name(const LoadName& name);
[[nodiscard]] core::message::Values write_evidence(const LoadName& name, const Evidence& evidence);

[[nodiscard]] core::message::ResponseCode code_of(Refusal refusal);
/// None for a code that is not of a load.
[[nodiscard]] std::optional<Refusal> refusal_of(core::message::ResponseCode code);

} // namespace tongka::simulator
