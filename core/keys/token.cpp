#include "core/keys/token.hpp"

#include <botan/block_cipher.h>
#include <botan/exceptn.h>
#include <botan/nist_keywrap.h>
#include <fmt/format.h>

#include "core/crypto/derivation.hpp"
#include "core/keys/record_form.hpp"
#include "core/keys/token_session.hpp"

namespace tongka::core {
namespace {

constexpr std::string_view application = "Tongka";

TokenAttributes any_list() {
    TokenAttributes by;
    by.add_number(CKA_CLASS, CKO_DATA).add_text(CKA_APPLICATION, application);
    return by;
}

TokenAttributes secret_key(CK_KEY_TYPE type, BytesView value, bool on_token) {
    TokenAttributes of;
    of.add_number(CKA_CLASS, CKO_SECRET_KEY).add_number(CKA_KEY_TYPE, type).add(CKA_VALUE, value);
    of.add_flag(CKA_TOKEN, on_token).add_flag(CKA_PRIVATE, true).add_flag(CKA_SENSITIVE, true);
    return of;
}

struct List {
    std::uint64_t sequence = 0;
    KeyOwner owner;
    std::vector<KeyRecord> records;
};

SecretBytes to_bytes(const List& list) {
    RecordWriter writer;
    writer.write_number(list.sequence, 8);
    writer.write(list.owner);
    writer.write_number(list.records.size(), 2);
    for (const auto& record : list.records)
        writer.write(record);
    return std::move(writer).take();
}

Result<List> read_list(BytesView bytes) {
    RecordReader reader(bytes);
    List list;
    TONGKA_TRY(list.sequence, reader.read_number(8));
    TONGKA_TRY(list.owner, reader.read_owner());
    TONGKA_TRY(const auto count, reader.read_number(2));
    for (std::uint64_t i = 0; i < count; ++i) {
        TONGKA_TRY(auto record, reader.read_record());
        list.records.push_back(std::move(record));
    }
    TONGKA_CHECK(reader.finish());
    return list;
}

/// The newest of the lists on a token; one with sequence 0 where there is none.
Result<List> newest_list(TokenSession& session) {
    TONGKA_TRY(const auto objects, session.find(any_list()));
    List newest;
    for (const auto object : objects) {
        TONGKA_TRY(const auto bytes, session.read(object, CKA_VALUE));
        auto list = read_list(bytes);
        if (!list)
            return fail(list.error().at(fmt::format("token {}: the list of keys is damaged", session.label())));
        if (list->sequence > newest.sequence)
            newest = *std::move(list);
    }
    return newest;
}

} // namespace

TokenKeyStore::TokenKeyStore(std::unique_ptr<TokenSession> session, Random& random, Access access)
    : session_(std::move(session)), random_(random), access_(access) {}

TokenKeyStore::~TokenKeyStore() = default;

Result<std::unique_ptr<TokenKeyStore>> TokenKeyStore::create(std::unique_ptr<TokenSession> session, KeyOwner owner,
                                                             Random& random) {
    std::unique_ptr<TokenKeyStore> store(new TokenKeyStore(std::move(session), random, Access::change));
    TONGKA_CHECK(store->load());
    // A list without a record is what a crash left of an earlier creation, before its keys came.
    if (!store->records_.empty())
        return fail(
            fmt::format("token {}: holds keys of {} already", store->session_->label(), to_text(store->owner_)));
    if (store->sequence_ != 0)
        TONGKA_CHECK(store->sweep());
    store->owner_ = owner;
    TONGKA_CHECK(store->write_list());
    return store;
}

Result<std::unique_ptr<TokenKeyStore>> TokenKeyStore::open(std::unique_ptr<TokenSession> session, Random& random,
                                                           Access access) {
    std::unique_ptr<TokenKeyStore> store(new TokenKeyStore(std::move(session), random, access));
    TONGKA_CHECK(store->load());
    if (store->sequence_ == 0)
        return fail(fmt::format("token {}: holds no keys of ours", store->session_->label()));
    if (access == Access::change)
        TONGKA_CHECK(store->sweep());
    return store;
}

Result<void> TokenKeyStore::load() {
    lost_ = true;
    TONGKA_TRY(auto list, newest_list(*session_));
    // Another program may stand between two lists: what it has must not be swept for keys that no list names.
    if (list.sequence < sequence_)
        return fail(fmt::format("token {}: another program is changing its keys", session_->label()));
    sequence_ = list.sequence;
    owner_ = list.owner;
    records_ = std::move(list.records);
    lost_ = false;
    return {};
}

std::string TokenKeyStore::label(const KeyName& name) const {
    return fmt::format("{} {} {}", application, to_text(owner_), to_text(name));
}

Result<unsigned long> TokenKeyStore::object(const KeyName& name) {
    if (lost_)
        return fail(fmt::format("token {}: went away in the middle of a change; open it again", session_->label()));
    TONGKA_CHECK(usable_record(*this, name));
    TokenAttributes by;
    by.add_number(CKA_CLASS, CKO_SECRET_KEY).add_text(CKA_LABEL, label(name));
    TONGKA_TRY(const auto objects, session_->find(by));
    if (objects.size() != 1)
        return fail(fmt::format("token {}: has {} keys named '{}' instead of one", session_->label(), objects.size(),
                                label(name)));
    return objects.front();
}

Result<Key> TokenKeyStore::diversify(const KeyName& name, std::span<const std::array<Byte, 8>> factors) {
    if (factors.empty())
        return fail("key " + to_text(name) + " is to be diversified without a factor");
    TONGKA_TRY(const auto key, object(name));
    Bytes blocks(factors.front().begin(), factors.front().end());
    for (std::size_t i = 0; i < 8; ++i)
        blocks.push_back(static_cast<Byte>(~blocks[i]));
    TONGKA_TRY(const auto halves, session_->encrypt(key, blocks));
    TONGKA_TRY(const auto first, Key::create(Algorithm::triple_des, halves));
    return core::diversify(first, factors.subspan(1));
}

Result<Key> TokenKeyStore::release(const KeyName& name) {
    TONGKA_TRY(const auto key, object(name));
    SecretBytes moment(32);
    random_.fill(moment);
    auto of = secret_key(CKK_AES, moment, false);
    TONGKA_TRY(const auto wrapping, session_->create(of.add_flag(CKA_WRAP, true)));
    auto wrapped = session_->wrap(wrapping, key);
    if (auto destroyed = session_->destroy(wrapping); wrapped && !destroyed)
        return fail(destroyed.error());
    if (!wrapped)
        return fail(wrapped.error());
    auto cipher = Botan::BlockCipher::create_or_throw("AES-256");
    cipher->set_key(moment);
    try {
        const auto bytes = Botan::nist_key_unwrap(wrapped->data(), wrapped->size(), *cipher);
        TONGKA_TRY(auto released, Key::create(Algorithm::triple_des, bytes));
        if (check_value(released) != find_record(*this, name)->check_value)
            return fail(fmt::format("token {}: its key {} has another check value than its record", session_->label(),
                                    to_text(name)));
        return released;
    } catch (const Botan::Exception&) {
        return fail(
            fmt::format("token {}: what it gave for key {} cannot be unwrapped", session_->label(), to_text(name)));
    }
}

Result<void> TokenKeyStore::add(KeyRecord record, const Key& key) {
    if (key.algorithm() != Algorithm::triple_des)
        return fail(fmt::format("token {}: key {} is for {}, which tokens do not know: it belongs in a key file",
                                session_->label(), to_text(record.name), core::name(key.algorithm())));
    return together([&]() -> Result<void> {
        TONGKA_TRY(auto kept, checked_addition(*this, record, key));
        auto of = secret_key(CKK_DES2, key.bytes(), true);
        of.add_flag(CKA_EXTRACTABLE, true).add_flag(CKA_ENCRYPT, true).add_text(CKA_LABEL, label(record.name));
        TONGKA_CHECK(session_->create(of));
        records_.push_back(std::move(kept));
        return {};
    });
}

Result<void> TokenKeyStore::set_state(const KeyName& name, KeyState state) {
    return together([&]() -> Result<void> {
        TONGKA_CHECK(check_change(*this, name, state));
        std::ranges::find(records_, name, &KeyRecord::name)->state = state;
        return {};
    });
}

Result<void> TokenKeyStore::together(const std::function<Result<void>()>& changes) {
    if (together_)
        return changes();
    if (access_ != Access::change)
        return fail(fmt::format("token {}: was opened for reading, not for changes", session_->label()));
    if (lost_)
        return fail(fmt::format("token {}: went away in the middle of a change; open it again", session_->label()));
    together_ = true;
    auto done = changes();
    together_ = false;
    if (done)
        done = write_list();
    if (done) {
        auto swept = sweep();
        if (!swept)
            return fail(swept.error().message + "; the change is kept, but old keys stay on the token until it is next "
                                                "opened for changes");
        return {};
    }
    // Where this fails too, the store stays lost_, and the next to open the token sweeps.
    if (load())
        (void)sweep().has_value();
    return done;
}

Result<void> TokenKeyStore::write_list() {
    TONGKA_TRY(const auto newest, newest_list(*session_));
    if (newest.sequence != sequence_)
        return fail(fmt::format("token {}: another program has changed its keys; try again", session_->label()));
    const auto bytes = to_bytes({sequence_ + 1, owner_, records_});
    TokenAttributes of;
    of.add_number(CKA_CLASS, CKO_DATA).add_flag(CKA_TOKEN, true).add_flag(CKA_PRIVATE, true);
    of.add_text(CKA_APPLICATION, application).add_text(CKA_LABEL, "Tongka keys").add(CKA_VALUE, bytes);
    TONGKA_CHECK(session_->create(of));
    ++sequence_;
    return {};
}

/// Removes what the newest list does not name: older lists, keys that were destroyed or never came into a list.
Result<void> TokenKeyStore::sweep() {
    TONGKA_TRY(const auto lists, session_->find(any_list()));
    for (const auto object : lists) {
        TONGKA_TRY(const auto bytes, session_->read(object, CKA_VALUE));
        const auto list = read_list(bytes);
        if (!list || list->sequence != sequence_)
            TONGKA_CHECK(session_->destroy(object));
    }
    std::vector<std::string> named;
    for (const auto& record : records_)
        if (record.state != KeyState::destroyed)
            named.push_back(label(record.name));
    TokenAttributes any_key;
    TONGKA_TRY(const auto keys, session_->find(any_key.add_number(CKA_CLASS, CKO_SECRET_KEY)));
    const auto ours = fmt::format("{} {} ", application, to_text(owner_));
    for (const auto object : keys) {
        TONGKA_TRY(const auto bytes, session_->read(object, CKA_LABEL));
        const std::string text(bytes.begin(), bytes.end());
        if (text.starts_with(ours) && std::ranges::find(named, text) == named.end())
            TONGKA_CHECK(session_->destroy(object));
    }
    return {};
}

Result<void> TokenKeyStore::destroy() {
    TONGKA_CHECK(together([&]() -> Result<void> {
        for (auto& record : records_)
            record.state = KeyState::destroyed;
        return {};
    }));
    TONGKA_TRY(const auto lists, session_->find(any_list()));
    for (const auto object : lists)
        TONGKA_CHECK(session_->destroy(object));
    lost_ = true;
    return {};
}

} // namespace tongka::core
