#include <algorithm>
#include <array>

#include "core/certificates/verify.hpp"

namespace tongka::core::certificates {
namespace {

struct Named {
    Fault fault;
    std::string_view name;
    Text title;
};

constexpr std::array<Named, 16> faults = {{
    {Fault::not_sm2, "not-sm2", {"不是SM2证书", "is not an SM2 certificate"}},
    {Fault::malformed, "malformed", {"内容无法识别", "has contents that cannot be used"}},
    {Fault::wrong_issuer, "wrong-issuer", {"找不到签发者，或签发者不符", "was not issued by any certificate given"}},
    {Fault::untrusted, "untrusted", {"不通向受信任的根", "leads to a root that is not the trusted one"}},
    {Fault::bad_signature, "bad-signature", {"签名错误", "has a wrong signature"}},
    {Fault::not_yet_valid, "not-yet-valid", {"尚未生效", "is not valid yet"}},
    {Fault::expired, "expired", {"已过期", "has expired"}},
    {Fault::not_authority, "not-authority", {"不是CA，却签发了证书", "is not a CA, but issued a certificate"}},
    {Fault::path_too_long, "path-too-long", {"其下的CA级数过多", "has more CAs below it than it allows"}},
    {Fault::key_usage, "key-usage", {"密钥用途不符", "has a key usage that does not allow this"}},
    {Fault::revoked, "revoked", {"已被撤销", "is revoked"}},
    {Fault::list_missing, "list-missing", {"没有其签发者的撤销列表", "has no revocation list of its issuer"}},
    {Fault::list_bad_signature,
     "list-bad-signature",
     {"撤销列表签名错误", "has a revocation list with a wrong signature"}},
    {Fault::list_not_yet_valid,
     "list-not-yet-valid",
     {"撤销列表尚未生效", "has a revocation list that is not valid yet"}},
    {Fault::list_expired, "list-expired", {"撤销列表已过期", "has a revocation list that has expired"}},
    {Fault::list_malformed, "list-malformed", {"撤销列表无法识别", "has a revocation list that cannot be used"}},
}};

const Named& named(Fault fault) {
    return *std::ranges::find(faults, fault, &Named::fault);
}

} // namespace

std::string_view name(Fault fault) {
    return named(fault).name;
}

Text title(Fault fault) {
    return named(fault).title;
}

} // namespace tongka::core::certificates
