#pragma once

#include <map>
#include <string>
#include <vector>

#include "evidence/package/manifest.hpp"
#include "evidence/package/record_chain.hpp"
#include "evidence/package/verify.hpp"

namespace tongka::evidence {

using PackageFiles = std::map<std::string, core::BytesView, std::less<>>;

/// Checks what the files of a package say of each other, once each is the one that was signed: the record's chain, its
/// head and its end, the suite, the profile, the attachments, and that the reports say what the record says.
void check_run(const PackageFiles& files, const Manifest& manifest, bool reports, std::vector<Finding>& findings);

} // namespace tongka::evidence
