#include "core/keys/token_uri.hpp"

#include <memory>
#include <p11-kit/uri.h>

namespace tongka::core {

bool is_token_uri(std::string_view text) {
    return text.starts_with("pkcs11:");
}

/// PKCS#11 fills names up with blanks.
static std::string without_padding(const CK_UTF8CHAR* text, std::size_t size) {
    std::string name(reinterpret_cast<const char*>(text), size);
    name.erase(name.find_last_not_of(std::string(" \0", 2)) + 1);
    return name;
}

Result<TokenPlace> parse_token_uri(const std::string& text) {
    const std::unique_ptr<P11KitUri, void (*)(P11KitUri*)> uri(p11_kit_uri_new(), p11_kit_uri_free);
    if (p11_kit_uri_parse(text.c_str(), P11_KIT_URI_FOR_ANY, uri.get()) != P11_KIT_URI_OK)
        return fail("this is no pkcs11: URI (such as pkcs11:token=NAME?module-path=FILE)");
    if (p11_kit_uri_get_pin_value(uri.get()) != nullptr)
        return fail("a PIN does not belong in a pkcs11: URI, where every program can see it");
    const auto* info = p11_kit_uri_get_token_info(uri.get());
    TokenPlace place{.label = without_padding(info->label, sizeof info->label), .module = {}};
    if (place.label.empty())
        return fail("the pkcs11: URI names no token: pkcs11:token=NAME?module-path=FILE");
    const char* module = p11_kit_uri_get_module_path(uri.get());
    if (module == nullptr)
        return fail("the pkcs11: URI names no module: pkcs11:token=" + place.label + "?module-path=FILE");
    place.module = module;
    return place;
}

} // namespace tongka::core
