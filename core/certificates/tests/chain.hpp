#pragma once

#include "core/certificates/issuer.hpp"
#include "core/certificates/verify.hpp"

namespace tongka::core::certificates::test {

inline const Clock::Time day_0 = Clock::Time(std::chrono::seconds(1795392000)); // 2026-11-23T00:00:00Z

inline Clock::Time day(int number) {
    return day_0 + std::chrono::hours(24 * number);
}

/// The value, or the end of the test with the Error as an exception.
template <typename T>
T must(Result<T> result) {
    if (!result)
        throw std::runtime_error(result.error().message);
    return *std::move(result);
}

inline Issuer make_root(const std::string& name, int days = 100) {
    auto key = must(PrivateKey::generate());
    auto certificate = must(new_root({Kind::root, "", name, ""}, {day(0), day(days)}, key));
    return must(Issuer::create(std::move(certificate), std::move(key)));
}

inline Certificate issue_to(const Subject& subject, const PrivateKey& key, const Issuer& issuer, int from, int to) {
    return must(issue(must(Request::create(subject, key)), {day(from), day(to)}, issuer));
}

inline Issuer make_city(const std::string& code, const Issuer& root, int from = 0, int to = 50) {
    auto key = must(PrivateKey::generate());
    auto certificate = issue_to({Kind::city, code, "City " + code, ""}, key, root, from, to);
    return must(Issuer::create(std::move(certificate), std::move(key)));
}

/// Root, city and card, with a list of each authority that has nothing on it and holds to day 10.
struct Chain {
    Issuer root = make_root("Root");
    Issuer city = make_city("2144", root);
    PrivateKey card_key = must(PrivateKey::generate());
    Certificate card = issue_to({Kind::card, "2144000000000001", "Card", ""}, card_key, city, 0, 30);
    RevocationList root_list = must(RevocationList::create(root, {day(0), day(10)}));
    RevocationList city_list = must(RevocationList::create(city, {day(0), day(10)}));

    [[nodiscard]] Trust trust() const { return {root.certificate, {city.certificate}, {root_list, city_list}}; }
};

/// A certificate whose extensions are given in OpenSSL's notation: for what issue() refuses to make.
Certificate odd_certificate(const std::string& name, EVP_PKEY* key, const Issuer& issuer, const char* constraints,
                            const char* usage);

/// `fault certificate`, for each problem.
inline std::vector<std::string> told(const Verdict& verdict) {
    std::vector<std::string> all;
    for (const auto& problem : verdict.problems)
        all.push_back(std::string(name(problem.fault)) + " " +
                      problem.certificate.substr(0, problem.certificate.find(',')));
    return all;
}

} // namespace tongka::core::certificates::test
