#include "core/keys/token_session.hpp"

#include <cstring>
#include <filesystem>
#include <p11-kit/p11-kit.h>

#include <fmt/format.h>

namespace tongka::core {
namespace {

std::string reason(CK_RV code) {
    switch (code) {
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
        return "the PIN is wrong";
    case CKR_PIN_LOCKED:
        return "the PIN is locked after too many wrong ones";
    case CKR_USER_PIN_NOT_INITIALIZED:
        return "it has no PIN yet";
    case CKR_USER_NOT_LOGGED_IN:
        return "nobody is logged in";
    case CKR_DEVICE_REMOVED:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_SLOT_ID_INVALID:
    case CKR_TOKEN_NOT_RECOGNIZED:
        return "the token is gone";
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
        return "the session with the token is gone";
    case CKR_DEVICE_MEMORY:
        return "the token is full";
    case CKR_TOKEN_WRITE_PROTECTED:
    case CKR_SESSION_READ_ONLY:
        return "the token cannot be written";
    case CKR_KEY_UNEXTRACTABLE:
    case CKR_KEY_NOT_WRAPPABLE:
        return "the token lets no key out";
    case CKR_OBJECT_HANDLE_INVALID:
    case CKR_KEY_HANDLE_INVALID:
        return "the key is no longer there";
    case CKR_MECHANISM_INVALID:
        return "the token does not know how";
    case CKR_DEVICE_ERROR:
    case CKR_GENERAL_ERROR:
    case CKR_FUNCTION_FAILED:
        return "the token failed";
    default:
        return "the token refused";
    }
}

tl::unexpected<Error> failure(const std::string& label, std::string_view what, CK_RV code) {
    return fail(fmt::format("token {}: {}: {} (PKCS#11 {:#x})", label, what, reason(code), code));
}

Result<std::vector<CK_SLOT_ID>> slots(CK_FUNCTION_LIST& module, const std::string& label) {
    std::vector<CK_SLOT_ID> list;
    CK_ULONG count = 0;
    auto code = module.C_GetSlotList(CK_TRUE, nullptr, &count);
    if (code == CKR_OK && count > 0) {
        list.resize(count);
        code = module.C_GetSlotList(CK_TRUE, list.data(), &count);
        list.resize(std::min<std::size_t>(count, list.size()));
    }
    if (code != CKR_OK)
        return failure(label, "looking for it", code);
    return list;
}

std::string trimmed(const unsigned char* text, std::size_t size) {
    std::string name(reinterpret_cast<const char*>(text), size);
    name.erase(name.find_last_not_of(std::string(" \0", 2)) + 1);
    return name;
}

Result<CK_SLOT_ID> find_slot(CK_FUNCTION_LIST& module, const std::string& label) {
    TONGKA_TRY(const auto list, slots(module, label));
    std::vector<CK_SLOT_ID> found;
    for (const auto slot : list) {
        CK_TOKEN_INFO info{};
        if (const auto code = module.C_GetTokenInfo(slot, &info); code != CKR_OK)
            continue; // a slot beside ours may have lost its token
        if (trimmed(info.label, sizeof info.label) == label)
            found.push_back(slot);
    }
    if (found.size() != 1)
        return fail(found.empty() ? fmt::format("token {}: no slot has a token of this name", label)
                                  : fmt::format("token {}: {} slots have a token of this name", label, found.size()));
    return found.front();
}

Result<TokenLock> lock(CK_FUNCTION_LIST& module, CK_SLOT_ID slot, const std::string& label) {
    CK_TOKEN_INFO info{};
    if (const auto code = module.C_GetTokenInfo(slot, &info); code != CKR_OK)
        return failure(label, "reading its serial number", code);
    auto taken = TokenLock::take(trimmed(info.serialNumber, sizeof info.serialNumber));
    if (!taken)
        return fail(taken.error().at("token " + label));
    return taken;
}

} // namespace

TokenAttributes& TokenAttributes::add(CK_ATTRIBUTE_TYPE type, BytesView value) {
    types_.push_back(type);
    values_.emplace_back(value.begin(), value.end());
    return *this;
}

TokenAttributes& TokenAttributes::add_text(CK_ATTRIBUTE_TYPE type, std::string_view value) {
    return add(type, {reinterpret_cast<const Byte*>(value.data()), value.size()});
}

TokenAttributes& TokenAttributes::add_number(CK_ATTRIBUTE_TYPE type, CK_ULONG value) {
    Bytes bytes(sizeof value);
    std::memcpy(bytes.data(), &value, sizeof value);
    return add(type, bytes);
}

TokenAttributes& TokenAttributes::add_flag(CK_ATTRIBUTE_TYPE type, bool value) {
    return add(type, Bytes{static_cast<Byte>(value ? CK_TRUE : CK_FALSE)});
}

std::vector<CK_ATTRIBUTE> TokenAttributes::list() {
    std::vector<CK_ATTRIBUTE> list;
    for (std::size_t i = 0; i < types_.size(); ++i)
        list.push_back({types_[i], values_[i].data(), values_[i].size()});
    return list;
}

Result<TokenSession::Module> TokenSession::load(const std::string& path) {
    // p11-kit would look for a relative name in its own folder.
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return fail(path + ": there is no such PKCS#11 module");
    auto* loaded = p11_kit_module_load(std::filesystem::absolute(path).c_str(), 0);
    if (loaded == nullptr)
        return fail(path + ": is no PKCS#11 module");
    if (const auto code = p11_kit_module_initialize(loaded); code != CKR_OK) {
        p11_kit_module_release(loaded);
        return fail(fmt::format("{}: the PKCS#11 module does not start (PKCS#11 {:#x})", path, code));
    }
    return Module(loaded, [](CK_FUNCTION_LIST* module) {
        p11_kit_module_finalize(module);
        p11_kit_module_release(module);
    });
}

Result<std::unique_ptr<TokenSession>> TokenSession::open(Module module, std::string label, const PassPhrase& pin,
                                                         bool for_changes) {
    TONGKA_TRY(const auto slot, find_slot(*module, label));
    std::optional<TokenLock> held;
    if (for_changes) {
        TONGKA_TRY(held, lock(*module, slot, label));
    }
    CK_SESSION_HANDLE handle = CK_INVALID_HANDLE;
    const CK_FLAGS flags = CKF_SERIAL_SESSION | (for_changes ? CKF_RW_SESSION : 0);
    if (const auto code = module->C_OpenSession(slot, flags, nullptr, nullptr, &handle); code != CKR_OK)
        return failure(label, "opening a session", code);
    std::unique_ptr<TokenSession> session(
        new TokenSession(std::move(module), std::move(label), std::move(held), handle));
    auto copy = pin;
    const auto code = session->module_->C_Login(handle, CKU_USER, copy.data(), copy.size());
    if (code != CKR_OK && code != CKR_USER_ALREADY_LOGGED_IN)
        return failure(session->label_, "logging in", code);
    return session;
}

TokenSession::~TokenSession() {
    module_->C_CloseSession(session_);
}

Result<std::vector<TokenSession::Object>> TokenSession::find(TokenAttributes by) {
    auto list = by.list();
    if (const auto code = module_->C_FindObjectsInit(session_, list.data(), list.size()); code != CKR_OK)
        return failure(label_, "looking for keys", code);
    std::vector<Object> found;
    std::array<Object, 32> some{};
    CK_ULONG count = 0;
    CK_RV code = CKR_OK;
    while ((code = module_->C_FindObjects(session_, some.data(), some.size(), &count)) == CKR_OK && count > 0)
        found.insert(found.end(), some.begin(), some.begin() + count);
    module_->C_FindObjectsFinal(session_);
    if (code != CKR_OK)
        return failure(label_, "looking for keys", code);
    return found;
}

Result<SecretBytes> TokenSession::read(Object object, CK_ATTRIBUTE_TYPE type) {
    CK_ATTRIBUTE attribute{type, nullptr, 0};
    auto code = module_->C_GetAttributeValue(session_, object, &attribute, 1);
    SecretBytes value;
    if (code == CKR_OK) {
        value.resize(attribute.ulValueLen);
        attribute.pValue = value.data();
        code = module_->C_GetAttributeValue(session_, object, &attribute, 1);
    }
    if (code != CKR_OK)
        return failure(label_, "reading the list of keys", code);
    return value;
}

Result<TokenSession::Object> TokenSession::create(TokenAttributes of) {
    auto list = of.list();
    Object object = CK_INVALID_HANDLE;
    if (const auto code = module_->C_CreateObject(session_, list.data(), list.size(), &object); code != CKR_OK)
        return failure(label_, "writing", code);
    return object;
}

Result<void> TokenSession::destroy(Object object) {
    if (const auto code = module_->C_DestroyObject(session_, object); code != CKR_OK)
        return failure(label_, "destroying", code);
    return {};
}

Result<SecretBytes> TokenSession::encrypt(Object key, BytesView blocks) {
    CK_MECHANISM mechanism{CKM_DES3_ECB, nullptr, 0};
    SecretBytes in(blocks.begin(), blocks.end());
    SecretBytes out(in.size());
    CK_ULONG size = out.size();
    auto code = module_->C_EncryptInit(session_, &mechanism, key);
    if (code == CKR_OK)
        code = module_->C_Encrypt(session_, in.data(), in.size(), out.data(), &size);
    if (code != CKR_OK)
        return failure(label_, "diversifying", code);
    if (size != out.size())
        return failure(label_, "diversifying", CKR_DEVICE_ERROR);
    return out;
}

Result<Bytes> TokenSession::sign(Object key, BytesView digest) {
    CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
    Bytes in(digest.begin(), digest.end());
    Bytes out(256);
    CK_ULONG size = out.size();
    auto code = module_->C_SignInit(session_, &mechanism, key);
    if (code == CKR_OK)
        code = module_->C_Sign(session_, in.data(), in.size(), out.data(), &size);
    if (code != CKR_OK)
        return failure(label_, "signing", code);
    out.resize(std::min<std::size_t>(size, out.size()));
    return out;
}

Result<SecretBytes> TokenSession::wrap(Object wrapping, Object key) {
    CK_MECHANISM mechanism{CKM_AES_KEY_WRAP, nullptr, 0};
    SecretBytes out(64);
    CK_ULONG size = out.size();
    if (const auto code = module_->C_WrapKey(session_, &mechanism, wrapping, key, out.data(), &size); code != CKR_OK)
        return failure(label_, "taking a key out", code);
    out.resize(std::min<std::size_t>(size, out.size()));
    return out;
}

} // namespace tongka::core
