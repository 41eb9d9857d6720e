#include "core/certificates/subject.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <utility>

#include <fmt/format.h>

namespace tongka::core::certificates {
namespace {

constexpr std::array<std::pair<Kind, std::string_view>, 5> kinds = {{
    {Kind::root, "root"},
    {Kind::city, "city"},
    {Kind::card, "card"},
    {Kind::psam, "psam"},
    {Kind::terminal, "terminal"},
}};

constexpr std::string_view country = "CN";

Result<void> add(X509_NAME* name, int part, std::string_view text) {
    const bool printable = part == NID_countryName || part == NID_serialNumber; // as RFC 5280, Appendix A, asks
    if (X509_NAME_add_entry_by_NID(name, part, printable ? MBSTRING_ASC : MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()),
                                   -1, 0) != 1)
        return openssl_failure(fmt::format("'{}' cannot be the subject's {}", text, OBJ_nid2sn(part)));
    return {};
}

/// The one entry of a name for this part; empty where there is none, or are several.
std::string entry(const X509_NAME* name, int part) {
    const int index = X509_NAME_get_index_by_NID(name, part, -1);
    if (index < 0 || X509_NAME_get_index_by_NID(name, part, index) >= 0)
        return {};
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
    if (size < 0) {
        ERR_clear_error();
        return {};
    }
    std::string copy(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return copy;
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

} // namespace

std::string_view name(Kind kind) {
    return std::ranges::find(kinds, kind, &std::pair<Kind, std::string_view>::first)->second;
}

std::optional<Kind> kind_named(std::string_view name) {
    const auto* found = std::ranges::find(kinds, name, &std::pair<Kind, std::string_view>::second);
    return found == kinds.end() ? std::nullopt : std::optional(found->first);
}

Result<OpensslName> to_name(const Subject& subject) {
    if (subject.common_name.empty())
        return fail("the subject has no name (CN)");
    if (has_control(subject.common_name) || has_control(subject.organization))
        return fail("the subject's name has control characters");
    if (subject.kind == Kind::root && !subject.number.empty())
        return fail("a root has no number");
    if (subject.kind != Kind::root && subject.number.empty())
        return fail(fmt::format("a {} needs a number", name(subject.kind)));
    if (subject.kind == Kind::city && subject.number.size() != 4)
        return fail(fmt::format("'{}' is not a city code of 4 digits", subject.number));
    if (!std::ranges::all_of(subject.number, [](unsigned char c) { return std::isxdigit(c) && !std::islower(c); }))
        return fail(fmt::format("'{}' is not a number of digits and A to F", subject.number));

    auto made = not_null<OpensslName>(X509_NAME_new());
    TONGKA_CHECK(add(made.get(), NID_countryName, country));
    if (!subject.organization.empty())
        TONGKA_CHECK(add(made.get(), NID_organizationName, subject.organization));
    TONGKA_CHECK(add(made.get(), NID_organizationalUnitName, name(subject.kind)));
    if (!subject.number.empty())
        TONGKA_CHECK(add(made.get(), NID_serialNumber, subject.number));
    TONGKA_CHECK(add(made.get(), NID_commonName, subject.common_name));
    return made;
}

Result<Subject> read_subject(const X509_NAME* name) {
    const auto kind = kind_named(entry(name, NID_organizationalUnitName));
    if (!kind)
        return fail(fmt::format("the subject '{}' does not say in its OU whether it is a city, card, psam or terminal",
                                to_text(name)));
    Subject subject{*kind, entry(name, NID_serialNumber), entry(name, NID_commonName),
                    entry(name, NID_organizationName)};
    TONGKA_TRY(const auto same, to_name(subject));
    if (X509_NAME_cmp(same.get(), name) != 0)
        return fail(fmt::format("the subject '{}' is not C, O, OU, serialNumber, CN in this order", to_text(name)));
    return subject;
}

std::string to_text(const X509_NAME* name) {
    const auto bio = not_null<Bio>(BIO_new(BIO_s_mem()));
    // Without ESC_MSB the UTF-8 of Chinese names stays as it is.
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    char* text = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

} // namespace tongka::core::certificates
