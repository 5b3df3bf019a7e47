//===- CommandLine.h - a strict table of command line options ---*- C++ -*-===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// For tools that cannot use llvm::cl.

#ifndef SLB_SUPPORT_COMMANDLINE_H
#define SLB_SUPPORT_COMMANDLINE_H

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace slb {

/// Options of the form --name=value, --name value, and --name for flags. Their
/// values are set in the order of the table, not of the command line, so a
/// later option may refine what an earlier one chose.
class CommandLine {
public:
  /// Takes the value; returns what it expects if the value is wrong, else an
  /// empty string.
  using Setter = std::function<std::string(const std::string &value)>;

  /// Begins a group of options in the help text.
  void group(const std::string &title);
  void option(const std::string &name, const std::string &valueName,
              const std::string &help, Setter setter);
  void required(const std::string &name, const std::string &valueName,
                const std::string &help, Setter setter);
  void flag(const std::string &name, const std::string &help, bool &target);

  /// False and one line in `error` that names the option, what is expected and
  /// what was found.
  bool parse(int argc, const char *const *argv, std::string &error) const;
  /// The options, a line each.
  std::string help() const;

  static Setter text(std::string &target);
  static Setter choice(std::string &target, std::vector<std::string> choices);
  static Setter choice(int64_t &target, std::vector<int64_t> choices);
  static Setter integer(int64_t &target, int64_t least, int64_t most);
  static Setter real(double &target, double least, double most);
  static Setter real(std::optional<double> &target, double least, double most);

private:
  struct Entry {
    std::string name, valueName, help;
    Setter setter;
    bool isRequired, isFlag, isTitle;
  };
  using Given = std::map<const Entry *, std::string>;
  const Entry *find(const std::string &name) const;
  bool collect(int argc, const char *const *argv, Given &given,
               std::string &error) const;

  std::vector<Entry> entries;
};

} // namespace slb

#endif // SLB_SUPPORT_COMMANDLINE_H
