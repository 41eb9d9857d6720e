#include "cli/keys/new_store.hpp"

#include "cli/keys/command.hpp"
#include "core/keys/centre.hpp"

namespace tongka::cli {

core::Result<std::string> fill_new_store(const std::string& where, const core::KeyOwner& owner,
                                         const std::vector<core::KeyEntry>& keys, const core::PassPhrase& pass,
                                         core::Random& random) {
    TONGKA_TRY(auto store, core::create_key_store(where, owner, pass, random));
    if (auto added = add_all(*store, keys); !added) {
        store.reset();
        auto message = added.error().message;
        if (auto removed = core::destroy_key_store(where, pass, random); !removed)
            message += "; nor can the empty store be removed: " + removed.error().message;
        return core::fail(message);
    }
    return summary(where, *store);
}

} // namespace tongka::cli
