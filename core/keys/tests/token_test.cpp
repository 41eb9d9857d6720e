#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/keys/centre.hpp"
#include "core/keys/key_plan.hpp"
#include "core/keys/open_store.hpp"
#include "core/keys/rotation.hpp"
#include "core/keys/tests/scratch.hpp"
#include "core/keys/token.hpp"
#include "core/keys/token_session.hpp"

namespace tongka::core::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto softhsm = "/usr/lib/softhsm/libsofthsm2.so"; // Debian's libsofthsm2
const PassPhrase pin = pass_phrase("1234");
const Key master = key_of("00112233445566778899AABBCCDDEEFF");
constexpr std::array<Byte, 8> city{0x21, 0x44, 0xFF, 0, 0, 0, 0, 0};
constexpr std::array<Byte, 8> asn{0x21, 0x44, 0, 0, 0, 0, 0, 1};

/// A PKCS#11 module in front of another one: from a chosen call on, the token is gone.
class Unplugged {
public:
    static TokenSession::Module around(TokenSession::Module behind) {
        behind_ = std::move(behind);
        auto front = std::make_shared<CK_FUNCTION_LIST>(*behind_);
        front->C_FindObjectsInit = call<&CK_FUNCTION_LIST::C_FindObjectsInit>;
        front->C_FindObjects = call<&CK_FUNCTION_LIST::C_FindObjects>;
        front->C_GetAttributeValue = call<&CK_FUNCTION_LIST::C_GetAttributeValue>;
        front->C_CreateObject = call<&CK_FUNCTION_LIST::C_CreateObject>;
        front->C_DestroyObject = call<&CK_FUNCTION_LIST::C_DestroyObject>;
        front->C_EncryptInit = call<&CK_FUNCTION_LIST::C_EncryptInit>;
        front->C_Encrypt = call<&CK_FUNCTION_LIST::C_Encrypt>;
        front->C_WrapKey = call<&CK_FUNCTION_LIST::C_WrapKey>;
        front->C_Login = call<&CK_FUNCTION_LIST::C_Login>;
        front->C_OpenSession = call<&CK_FUNCTION_LIST::C_OpenSession>;
        left_ = -1;
        return front;
    }
    /// After so many calls more every one fails; a negative number: none does.
    static void after(int calls, CK_RV with = CKR_DEVICE_REMOVED) {
        left_ = calls;
        code_ = with;
        happened_ = false;
    }
    static bool happened() { return happened_; }
    static void forget() { behind_.reset(); }

private:
    template <auto function, typename... Arguments>
    static CK_RV forward(Arguments... arguments) {
        if (left_ == 0) {
            happened_ = true;
            return code_;
        }
        if (left_ > 0)
            --left_;
        return ((*behind_).*function)(arguments...);
    }
    template <auto function>
    struct Call;
    template <typename... Arguments, CK_RV (*CK_FUNCTION_LIST::*function)(Arguments...)>
    struct Call<function> {
        static CK_RV call(Arguments... arguments) { return forward<function>(arguments...); }
    };
    template <auto function>
    static constexpr auto call = Call<function>::call;

    static inline TokenSession::Module behind_;
    static inline int left_ = -1;
    static inline bool happened_ = false;
    static inline CK_RV code_ = CKR_DEVICE_REMOVED;
};

class Token : public Scratch {
protected:
    Token() : Scratch(in_memory()) {
        const auto config = folder_ / "softhsm2.conf";
        std::filesystem::create_directory(folder_ / "tokens");
        const auto text = "directories.tokendir = " + (folder_ / "tokens").string() +
                          "\nobjectstore.backend = file\nlog.level = ERROR\n";
        write(config, pass_phrase(text));
        ::setenv("SOFTHSM2_CONF", config.c_str(), 1);
        make_token("roots");
    }
    ~Token() override { Unplugged::forget(); }

    /// SoftHSM waits for the disk at every attribute of every object.
    static std::filesystem::path in_memory() {
        const std::filesystem::path memory = "/dev/shm";
        return ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    }
    static void make_token(const std::string& label) {
        const auto module = *TokenSession::load(softhsm);
        std::array<CK_SLOT_ID, 8> slots{};
        CK_ULONG count = slots.size();
        ASSERT_EQ(module->C_GetSlotList(CK_TRUE, slots.data(), &count), CKR_OK);
        const auto slot = slots[count - 1]; // the last one has no token yet
        auto padded = label;
        padded.resize(32, ' ');
        auto so_pin = pass_phrase("5678");
        auto user_pin = pin;
        ASSERT_EQ(module->C_InitToken(slot, so_pin.data(), so_pin.size(), reinterpret_cast<Byte*>(padded.data())),
                  CKR_OK);
        CK_SESSION_HANDLE session = 0;
        ASSERT_EQ(module->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), CKR_OK);
        ASSERT_EQ(module->C_Login(session, CKU_SO, so_pin.data(), so_pin.size()), CKR_OK);
        ASSERT_EQ(module->C_InitPIN(session, user_pin.data(), user_pin.size()), CKR_OK);
        module->C_CloseSession(session);
    }

    static std::filesystem::path lock_path() {
        const auto module = *TokenSession::load(softhsm);
        std::array<CK_SLOT_ID, 8> slots{};
        CK_ULONG count = slots.size();
        CK_TOKEN_INFO info{};
        EXPECT_EQ(module->C_GetSlotList(CK_TRUE, slots.data(), &count), CKR_OK);
        EXPECT_EQ(module->C_GetTokenInfo(slots[0], &info), CKR_OK);
        const std::string serial(reinterpret_cast<const char*>(info.serialNumber), sizeof info.serialNumber);
        return TokenLock::path_for(serial.substr(0, serial.find(' ')));
    }

    std::unique_ptr<TokenSession> session(bool for_changes = true) {
        return *TokenSession::open(*TokenSession::load(softhsm), "roots", pin, for_changes);
    }
    std::unique_ptr<TokenKeyStore> create() { return *TokenKeyStore::create(session(), KeyOwner{}, random_); }
    std::unique_ptr<TokenKeyStore> open(Access access = Access::change) {
        auto store = TokenKeyStore::open(session(access == Access::change), random_, access);
        EXPECT_TRUE(store) << store.error().message;
        return *std::move(store);
    }
    /// Objects of ours on the token.
    std::size_t objects() {
        auto open = session(false);
        TokenAttributes keys;
        TokenAttributes lists;
        return open->find(keys.add_number(CKA_CLASS, CKO_SECRET_KEY))->size() +
               open->find(lists.add_number(CKA_CLASS, CKO_DATA))->size();
    }

    const std::string uri_ = std::string("pkcs11:token=roots?module-path=") + softhsm;
};

TEST(TokenUri, NamesTokenAndModule) {
    const auto place = *parse_token_uri("pkcs11:token=my%20roots?module-path=/lib/x.so");
    EXPECT_EQ(place.label, "my roots");
    EXPECT_EQ(place.module, "/lib/x.so");
    EXPECT_THAT(parse_token_uri("pkcs11:token=roots").error().message, HasSubstr("names no module"));
    EXPECT_THAT(parse_token_uri("pkcs11:?module-path=/lib/x.so").error().message, HasSubstr("names no token"));
    EXPECT_FALSE(parse_token_uri("pkcs11:nonsense"));
    const auto with_pin = parse_token_uri("pkcs11:token=roots?module-path=/lib/x.so&pin-value=98765");
    EXPECT_THAT(with_pin.error().message, HasSubstr("a PIN does not belong"));
    EXPECT_THAT(with_pin.error().message, Not(HasSubstr("98765")));
}

TEST_F(Token, GivesWhatAFileGives) {
    auto store = create();
    ASSERT_TRUE(store->add(record_of("DPK.01/01"), master));
    const auto name = *parse_key_name("DPK.01");
    // standards.md 5.5
    EXPECT_EQ(*store->diversify(name, std::span(&city, 1)), key_of("7068764BCAC709174A49A77692966F65"));
    EXPECT_EQ(*store->diversify(name, std::array{city, asn}), key_of("501EA976E900F47BF22A9B01364896D7"));
    EXPECT_EQ(*store->release(name), master);
    EXPECT_EQ(to_hex(store->records().front().check_value), "FB097599");
}

TEST_F(Token, KeepsItsKeysAndHidesThem) {
    {
        auto store = create();
        ASSERT_TRUE(new_national_store(*store, random_, Algorithm::triple_des));
    }
    auto store = open(Access::read);
    EXPECT_EQ(store->records().size(), 22u);
    for (const auto& record : store->records())
        EXPECT_EQ(check_value(*store->release(record.name)), record.check_value);
    EXPECT_THAT(store->set_state(*parse_key_name("DTK"), KeyState::retiring).error().message,
                HasSubstr("was opened for reading"));
    auto direct = session();
    TokenAttributes by;
    const auto objects_there = direct->find(by.add_number(CKA_CLASS, CKO_SECRET_KEY)).value();
    for (const auto object : objects_there)
        EXPECT_FALSE(direct->read(object, CKA_VALUE));
}

TEST_F(Token, RollsOverAndDestroys) {
    auto store = create();
    ASSERT_TRUE(new_national_store(*store, random_, Algorithm::triple_des));
    EXPECT_EQ(objects(), 22u + 1);
    ASSERT_TRUE(rotate(*store, random_));
    ASSERT_TRUE(retire(*store));
    EXPECT_EQ(objects(), 22u + 1); // four came, four went
    EXPECT_THAT(store->release(*parse_key_name("DPK.01")).error().message, HasSubstr("was destroyed"));
    store.reset();
    store = open();
    EXPECT_EQ(store->records().size(), 26u);
    ASSERT_TRUE(store->destroy());
    EXPECT_EQ(objects(), 0u);
    store.reset();
    EXPECT_THAT(TokenKeyStore::open(session(), random_, Access::read).error().message,
                HasSubstr("token roots: holds no keys of ours"));
}

TEST_F(Token, TakesTripleDesAlone) {
    auto store = create();
    auto record = record_of("DPK.01/01");
    record.algorithm = Algorithm::sm4;
    EXPECT_EQ(store->add(record, *Key::create(Algorithm::sm4, Bytes(16, 1))).error().message,
              "token roots: key DPK.01/01 is for sm4, which tokens do not know: it belongs in a key file");
    EXPECT_EQ(objects(), 1u);
}

TEST_F(Token, TellsWhatIsWrong) {
    ASSERT_TRUE(create()->add(record_of("DPK.01/01"), master));
    EXPECT_THAT(create_key_store(uri_, KeyOwner{}, pin, random_).error().message,
                HasSubstr("holds keys of CN already"));
    const auto wrong = open_key_store(uri_, pass_phrase("98765"), random_).error().message;
    EXPECT_THAT(wrong, HasSubstr("token roots: logging in: the PIN is wrong"));
    EXPECT_THAT(wrong, Not(HasSubstr("98765")));
    const auto other = std::string("pkcs11:token=other?module-path=") + softhsm;
    EXPECT_THAT(open_key_store(other, pin, random_).error().message, HasSubstr("token other: no slot has a token"));
    EXPECT_THAT(open_key_store("pkcs11:token=roots?module-path=/nowhere.so", pin, random_).error().message,
                HasSubstr("/nowhere.so: there is no such PKCS#11 module"));
    EXPECT_TRUE(open_key_store(uri_, pin, random_));
}

TEST_F(Token, OneProgramAtATimeChangesIt) {
    auto one = create();
    EXPECT_EQ(open_key_store(uri_, pin, random_, Access::change).error().message,
              "token roots: another program is changing it; try again when that is done");
    EXPECT_EQ(destroy_key_store(uri_, pin, random_).error().message,
              "token roots: another program is changing it; try again when that is done");
    EXPECT_TRUE(open_key_store(uri_, pin, random_, Access::read)) << "who only reads does not wait";
    one.reset();
    EXPECT_FALSE(std::filesystem::exists(lock_path()));
    EXPECT_TRUE(open_key_store(uri_, pin, random_, Access::change));
}

/// As from another machine, which the lock does not reach.
TEST_F(Token, AChangeBehindTheLockIsNoticed) {
    auto one = create();
    ASSERT_TRUE(std::filesystem::remove(lock_path()));
    auto other = open();
    ASSERT_TRUE(other->add(record_of("DPK.01/01"), master));
    EXPECT_THAT(one->add(record_of("DLK.01/01"), master).error().message, HasSubstr("another program has changed"));
    EXPECT_TRUE(one->add(record_of("DLK.01/01"), master));
    EXPECT_EQ(one->records().size(), 2u);
    EXPECT_EQ(objects(), 2u + 1);
}

/// A crash after the first list, before the keys.
TEST_F(Token, ACreationThatWasCutOffIsDoneAgain) {
    create();
    const auto keys = new_national_keys(random_, Algorithm::triple_des);
    auto store = create_key_store(uri_, KeyOwner{}, pin, random_, keys);
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_EQ((*store)->records().size(), keys.size());
    store->reset();
    EXPECT_EQ(objects(), keys.size() + 1);
    EXPECT_THAT(create_key_store(uri_, KeyOwner{}, pin, random_, keys).error().message, HasSubstr("already"));
}

/// A roll-over that the token leaves at any of its calls is done or not done, and the store says which.
TEST_F(Token, GoneInMidChangeLeavesTheOldKeysOrTheNew) {
    {
        auto keys = new_national_keys(random_, Algorithm::triple_des);
        std::erase_if(keys, [](const auto& entry) { return !rolls(entry.record.name.kind); });
        ASSERT_TRUE(add_all(*create(), keys));
    }
    bool whole = false;
    unsigned undone = 0;
    for (int calls = 0; !whole; ++calls) {
        auto module = Unplugged::around(*TokenSession::load(softhsm));
        std::vector<KeyRecord> before;
        {
            auto store = *TokenKeyStore::open(*TokenSession::open(module, "roots", pin, true), random_, Access::change);
            before = store->records();
            Unplugged::after(calls);
            const auto rotated = rotate(*store, random_);
            whole = !Unplugged::happened();
            EXPECT_EQ(rotated.has_value(), whole);
            if (!whole) {
                EXPECT_THAT(rotated.error().message, HasSubstr("token roots: "));
                EXPECT_THAT(rotated.error().message, HasSubstr("the token is gone"));
                EXPECT_FALSE(store->release(store->records().front().name));
                Unplugged::after(-1);
            }
        }
        auto store = open();
        const auto now = generations(*store);
        ASSERT_TRUE(now) << calls;
        if (!whole && store->records() == before) {
            ++undone;
        } else {
            EXPECT_EQ(now->retiring, now->current - 1) << calls;
            ASSERT_TRUE(retire(*store));
        }
        const auto last = generation_names(now->prepared.front()).back();
        ASSERT_EQ(check_value(*store->release(last)), find_record(*store, last)->check_value) << calls;
        store.reset();
        EXPECT_EQ(objects(), 8u + 1) << calls;
    }
    EXPECT_GT(undone, 4u);
}

TEST_F(Token, GoneBeforeAnythingIsTold) {
    create();
    auto module = Unplugged::around(*TokenSession::load(softhsm));
    Unplugged::after(0);
    EXPECT_THAT(TokenSession::open(module, "roots", pin, true).error().message,
                HasSubstr("token roots: opening a session: the token is gone"));
    Unplugged::after(-1);
    auto store = *TokenKeyStore::open(*TokenSession::open(module, "roots", pin, true), random_, Access::change);
    ASSERT_TRUE(store->add(record_of("DPK.01/01"), master));
    Unplugged::after(2, CKR_SESSION_HANDLE_INVALID);
    EXPECT_THAT(store->diversify(*parse_key_name("DPK.01"), std::span(&city, 1)).error().message,
                HasSubstr("token roots: looking for keys: the session with the token is gone"));
    Unplugged::after(-1);
    EXPECT_TRUE(store->diversify(*parse_key_name("DPK.01"), std::span(&city, 1)));
}

TEST_F(Token, ThatLetsNoKeyOutSaysSo) {
    auto module = Unplugged::around(*TokenSession::load(softhsm));
    auto store = *TokenKeyStore::create(*TokenSession::open(module, "roots", pin, true), KeyOwner{}, random_);
    ASSERT_TRUE(store->add(record_of("DPK.01/01"), master));
    // Looking takes three calls, making the wrapping key one.
    Unplugged::after(4, CKR_KEY_UNEXTRACTABLE);
    EXPECT_THAT(store->release(*parse_key_name("DPK.01")).error().message,
                HasSubstr("token roots: taking a key out: the token lets no key out"));
    Unplugged::after(-1);
}

} // namespace
} // namespace tongka::core::test
