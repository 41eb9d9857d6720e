#pragma once

#include <string>
#include <string_view>

#include "core/keys/secret.hpp"
#include "core/result.hpp"

namespace tongka::cli {

/// Whether a pass phrase is one that opens something, or a new one, which a terminal asks for twice.
enum class Asked : bool { once, twice };

/// The first line of `file`, which nobody but its owner may read; without a file, what is typed on the terminal, which
/// does not show it. `what` names what the pass phrase is for. Neither arguments nor the environment can hold one:
/// other programs see them.
[[nodiscard]] core::Result<core::PassPhrase> get_pass_phrase(const std::string& file, const std::string& what,
                                                             Asked asked);

/// The same for those who take a text; it lives as long as the pass phrase.
[[nodiscard]] inline std::string_view text_of(const core::PassPhrase& pass) {
    return {reinterpret_cast<const char*>(pass.data()), pass.size()};
}

} // namespace tongka::cli
