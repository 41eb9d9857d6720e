#include "core/keys/open_store.hpp"

#include "core/keys/centre.hpp"
#include "core/keys/token.hpp"
#include "core/keys/token_session.hpp"

namespace tongka::core {

static Result<std::unique_ptr<TokenSession>> session(const std::string& uri, const PassPhrase& pin, bool for_changes) {
    TONGKA_TRY(const auto place, parse_token_uri(uri));
    TONGKA_TRY(auto module, TokenSession::load(place.module));
    return TokenSession::open(std::move(module), place.label, pin, for_changes);
}

Result<std::unique_ptr<KeyStore>> open_key_store(const std::string& where, const PassPhrase& pass, Random& random,
                                                 Access access) {
    if (is_token_uri(where)) {
        TONGKA_TRY(auto open, session(where, pass, access == Access::change));
        TONGKA_TRY(auto store, TokenKeyStore::open(std::move(open), random, access));
        return store;
    }
    TONGKA_TRY(auto store, FileKeyStore::open(where, pass, random, access));
    return store;
}

Result<std::unique_ptr<KeyStore>> create_key_store(const std::string& where, KeyOwner owner, const PassPhrase& pass,
                                                   Random& random, const std::vector<KeyEntry>& keys) {
    if (!is_token_uri(where)) {
        TONGKA_TRY(auto store, FileKeyStore::create(where, owner, pass, random, {}, keys));
        return store;
    }
    TONGKA_TRY(auto open, session(where, pass, true));
    TONGKA_TRY(auto store, TokenKeyStore::create(std::move(open), owner, random));
    if (auto added = add_all(*store, keys); !added) {
        auto message = added.error().message;
        if (auto removed = store->destroy(); !removed)
            message += "; nor can the empty store be removed: " + removed.error().message;
        return fail(message);
    }
    return store;
}

Result<void> destroy_key_store(const std::string& where, const PassPhrase& pin, Random& random) {
    if (!is_token_uri(where))
        return destroy_key_file(where);
    TONGKA_TRY(auto open, session(where, pin, true));
    TONGKA_TRY(auto store, TokenKeyStore::open(std::move(open), random, Access::change));
    return store->destroy();
}

} // namespace tongka::core
