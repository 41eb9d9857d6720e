#include "cli/keys/new_store.hpp"

#include "cli/keys/command.hpp"

namespace tongka::cli {

core::Result<std::string> fill_new_store(const std::string& where, const core::KeyOwner& owner,
                                         const std::vector<core::KeyEntry>& keys, const core::PassPhrase& pass,
                                         core::Random& random) {
    TONGKA_TRY(const auto store, core::create_key_store(where, owner, pass, random, keys));
    return summary(where, *store);
}

} // namespace tongka::cli
