//===- Compiler.cpp - from a model file to C files ------------------------===//
//
// Part of the slb project, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "slb/Pipelines/Compiler.h"
#include "OutputFiles.h"
#include "SelfCheck.h"
#include "dialects/slb/Transforms/Passes.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Support/ToolUtilities.h"
#include "slb/Conversion/BitpackToEmitC/BitpackToEmitC.h"
#include "slb/Target/C/TranslateToC.h"
#include "slb/Target/Targets.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_sha1_ostream.h"

using namespace mlir;
using namespace slb;

namespace {
/// Compiles one module; collects its output.
class Compilation {
public:
  Compilation(const CompilerOptions &options, MLIRContext &context)
      : options(options), context(context) {}

  LogicalResult run(ModuleOp module);
  /// Text of the module, in place of files.
  std::string getText(ModuleOp module);
  LogicalResult commit();

private:
  bool producesC() const { return !options.to && !options.listStrategies; }
  std::string getHeaderPath() const;
  CodeOptions getCodeOptions() const;
  std::string getDumpPath(Phase phase) const;
  LogicalResult checkOptions();
  LogicalResult checkOutputFiles();
  LogicalResult checkNetwork(ModuleOp module, Phase phase);
  LogicalResult visitInteger(ModuleOp module);
  void addModelHash(ModuleOp module);
  LogicalResult runPhases(ModuleOp module);
  LogicalResult dumpPhase(ModuleOp module, Phase phase);
  LogicalResult addCode(ModuleOp module);
  void addReport(ModuleOp module);
  LogicalResult fail(const Twine &message) {
    return emitError(UnknownLoc::get(&context)) << message;
  }

  const CompilerOptions &options;
  MLIRContext &context;
  OutputFiles files;
  std::string summary;
};
} // namespace

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

std::string Compilation::getHeaderPath() const {
  SmallString<128> path(options.output);
  llvm::sys::path::replace_extension(path, "h");
  return std::string(path);
}

CodeOptions Compilation::getCodeOptions() const {
  CodeOptions code;
  code.name = options.name.empty() ? llvm::sys::path::stem(options.output).str()
                                   : options.name;
  code.name = getCIdentifier(code.name);
  code.header = llvm::sys::path::filename(getHeaderPath()).str();
  code.target = options.target;
  code.strategies = options.strategies;
  code.maxArena = options.maxArena;
  code.optimize = options.optimize;
  code.listStrategies = options.listStrategies;
  code.staticArena = options.staticArena;
  code.separateWeights = !options.weightsFile.empty();
  code.profile = options.profile;
  return code;
}

LogicalResult Compilation::checkOptions() {
  if (!bitpack::lookupTarget(options.target))
    return fail("expects a target of --list-targets, but got '" +
                options.target + "'");
  if (producesC()) {
    if (options.output.empty())
      return fail("expects an output file, such as -o net.c");
    if (llvm::sys::path::extension(options.output) != ".c")
      return fail("expects an output file that ends in .c, but got '" +
                  options.output + "'");
    if (std::string header = getCodeOptions().header; !isHeaderName(header))
      return fail(
          "expects an output file whose header C can include beside its "
          "own, but got '" +
          header + "'");
  }
  if (std::string name = getCodeOptions().name;
      StringRef(name).lower() == "slb")
    return fail("expects another name than '" + name +
                "', which the runtime functions "
                "have; see --name");
  if (failed(checkOutputFiles()))
    return failure();
  if (options.from && options.to && *options.from > *options.to)
    return fail("expects --compile-from before --compile-to, but got '" +
                stringifyPhase(*options.from) + "' and '" +
                stringifyPhase(*options.to) + "'");
  return success();
}

/// No output may be lost in another one, nor the model in one that is not its
/// own text at some phase.
LogicalResult Compilation::checkOutputFiles() {
  std::vector<std::string> paths = {options.weightsFile, options.reportFile};
  if (producesC())
    llvm::append_values(paths, options.output, getHeaderPath());
  for (StringRef path : paths)
    if (!path.empty() && leadToOneFile(path, options.input))
      return fail("expects output files other than the model, but got '" +
                  path + "'");
  if (!producesC())
    paths.push_back(options.output);
  if (!options.dumpDirectory.empty())
    for (const PhaseInfo &info : getPhases())
      paths.push_back(getDumpPath(info.phase));
  llvm::erase_if(paths, [](StringRef path) { return path.empty(); });
  for (size_t i = 0; i < paths.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (paths[i] == paths[j])
        return fail("expects output files of different names, but got '" +
                    paths[i] + "' twice");
      else if (leadToOneFile(paths[i], paths[j]))
        return fail("expects output files of different names, but got '" +
                    paths[j] + "' and '" + paths[i] + "', which are one file");
  return success();
}

//===----------------------------------------------------------------------===//
// Phases
//===----------------------------------------------------------------------===//

/// What the passes take for granted.
LogicalResult Compilation::checkNetwork(ModuleOp module, Phase phase) {
  if (phase == Phase::EmitC)
    return success();
  PassManager manager(&context);
  manager.addPass(createSLBCheckNetwork());
  return manager.run(module);
}

std::string Compilation::getDumpPath(Phase phase) const {
  SmallString<128> path(options.dumpDirectory);
  llvm::sys::path::append(path, Twine(static_cast<int>(phase)) + "-" +
                                    stringifyPhase(phase) + ".mlir");
  return std::string(path);
}

LogicalResult Compilation::dumpPhase(ModuleOp module, Phase phase) {
  if (options.dumpDirectory.empty())
    return success();
  if (std::error_code error =
          llvm::sys::fs::create_directories(options.dumpDirectory))
    return fail("cannot create '" + options.dumpDirectory +
                "': " + error.message());
  // Dumps show how far a failed compilation came, so they are not held back.
  OutputFiles dump;
  dump.add(getDumpPath(phase), getText(module));
  if (llvm::Error error = dump.commit())
    return fail(llvm::toString(std::move(error)));
  return success();
}

LogicalResult Compilation::visitInteger(ModuleOp module) {
  PassManager manager(&context);
  SLBReportFloatsOptions floats;
  floats.integerOnly = options.integerOnly;
  manager.addNestedPass<func::FuncOp>(createSLBReportFloats(floats));
  if (failed(manager.run(module)))
    return failure();
  if (options.selfCheck && failed(addSelfCheck(module)))
    return failure();
  return options.atInteger ? options.atInteger(module) : success();
}

/// Text, bytecode and dumps of one network have one hash at phase `integer`.
void Compilation::addModelHash(ModuleOp module) {
  OwningOpRef<ModuleOp> network = module.clone();
  (*network)->setDiscardableAttrs(ArrayRef<NamedAttribute>());
  llvm::raw_sha1_ostream os;
  network->print(os);
  std::string hash = llvm::toHex(os.sha1(), /*LowerCase=*/true).substr(0, 16);
  module->setAttr("bitpack.model_hash", StringAttr::get(&context, hash));
}

LogicalResult Compilation::runPhases(ModuleOp module) {
  Phase from = options.from.value_or(detectPhase(module));
  Phase to = options.to.value_or(Phase::EmitC);
  if (options.listStrategies) {
    to = Phase::Packed;
    if (from >= to)
      return fail("expects a module at phase 'integer' or before for "
                  "--list-strategies, but got one at '" +
                  stringifyPhase(from) + "'");
  }
  if (from > to)
    return fail("expects a module before phase '" + stringifyPhase(to) +
                "', but got one at '" + stringifyPhase(from) + "'");
  if ((options.selfCheck || options.integerOnly) &&
      (from > Phase::Integer || to < Phase::Integer))
    return fail("expects phases from 'integer' or before to 'integer' or after "
                "for " +
                Twine(options.selfCheck ? "--self-check" : "--integer-only") +
                ", but got '" + stringifyPhase(from) + "' and '" +
                stringifyPhase(to) + "'");
  if (failed(checkNetwork(module, from)))
    return failure();
  if (failed(dumpPhase(module, from)))
    return failure();
  for (int i = static_cast<int>(from) + 1; i <= static_cast<int>(to); ++i) {
    Phase phase = static_cast<Phase>(i);
    if (phase == Phase::EmitC)
      addReport(module);
    if (phase == Phase::Packed) {
      addModelHash(module);
      if (failed(visitInteger(module)))
        return failure();
    }
    PassManager manager(&context);
    populatePhasePipeline(manager, phase, getCodeOptions());
    if (failed(manager.run(module)) || failed(dumpPhase(module, phase)))
      return failure();
  }
  if (to == Phase::Buffers)
    addReport(module);
  return to == Phase::Integer ? visitInteger(module) : success();
}

void Compilation::addReport(ModuleOp module) {
  NetworkReport report = getNetworkReport(module);
  summary = getSummaryText(report);
  if (options.atReport)
    options.atReport(report);
  if (!options.reportFile.empty())
    files.add(options.reportFile, getReportJSON(report, getCodeOptions().name));
}

LogicalResult Compilation::addCode(ModuleOp module) {
  auto add = [&](StringRef file, StringRef path) {
    std::string text;
    llvm::raw_string_ostream os(text);
    if (failed(translateToC(module, file, os)))
      return failure();
    files.add(path, std::move(text));
    return success();
  };
  if (failed(add("source", options.output)) ||
      failed(add("header", getHeaderPath())))
    return failure();
  return options.weightsFile.empty() ? success()
                                     : add("weights", options.weightsFile);
}

std::string Compilation::getText(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os);
  return text;
}

LogicalResult Compilation::run(ModuleOp module) {
  if (failed(checkOptions()) || failed(runPhases(module)))
    return failure();
  if (producesC())
    return addCode(module);
  if (!options.output.empty() && !options.listStrategies)
    files.add(options.output, getText(module));
  return success();
}

LogicalResult Compilation::commit() {
  if (llvm::Error error = files.commit())
    return fail(llvm::toString(std::move(error)));
  if (!options.quiet && !options.output.empty())
    llvm::outs() << summary;
  return success();
}

//===----------------------------------------------------------------------===//
// Files and diagnostics
//===----------------------------------------------------------------------===//

namespace {
/// Prints one line a diagnostic: place, severity, message.
class DiagnosticPrinter {
public:
  DiagnosticPrinter(const CompilerOptions &options) : options(options) {}

  void print(Diagnostic &diagnostic) {
    DiagnosticSeverity severity = diagnostic.getSeverity();
    if (severity == DiagnosticSeverity::Remark)
      return;
    bool isError = severity == DiagnosticSeverity::Error;
    // The parser reports what follows from an error as another one there.
    if (isError && lastError == diagnostic.getLocation())
      return;
    if (isError)
      lastError = diagnostic.getLocation();
    print(diagnostic.getLocation(), isError ? "error" : "warning",
          diagnostic.str());
    for (Diagnostic &note : diagnostic.getNotes())
      print(note.getLocation(), "note", note.str());
  }

private:
  void print(Location loc, StringRef severity, const Twine &message) const {
    auto place = loc->findInstanceOf<FileLineColLoc>();
    if (!place)
      llvm::errs() << options.tool << ": ";
    else if (place.getLine() == 0) // A file without lines.
      llvm::errs() << place.getFilename().getValue() << ": ";
    else
      llvm::errs() << place.getFilename().getValue() << ':' << place.getLine()
                   << ':' << place.getColumn() << ": ";
    // Names may hold what would begin another line.
    std::string line = message.str();
    for (char &c : line)
      c = uint8_t(c) < ' ' ? ' ' : c;
    llvm::errs() << severity << ": " << line << '\n';
  }

  const CompilerOptions &options;
  std::optional<Location> lastError;
};
} // namespace

/// For tests: IR to the standard output, chunk by chunk, and diagnostics
/// compared with those that the input expects.
static LogicalResult compileChunk(const CompilerOptions &options,
                                  std::unique_ptr<llvm::MemoryBuffer> buffer,
                                  MLIRContext &context, raw_ostream &os) {
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  auto compile = [&] {
    OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sources, &context);
    Compilation compilation(options, context);
    if (!module || failed(compilation.run(*module)))
      return failure();
    os << compilation.getText(*module);
    return success();
  };
  if (!options.verifyDiagnostics) {
    SourceMgrDiagnosticHandler handler(sources, &context);
    return compile();
  }
  SourceMgrDiagnosticVerifierHandler handler(sources, &context);
  (void)compile();
  return handler.verify();
}

/// MLIR's parser crashes on some texts, such as `array<index: 1>`. What it
/// leaves behind cannot be used any more, so the process ends. It also says
/// nothing of some errors, and of others what follows from them.
static OwningOpRef<ModuleOp>
parseSafely(const CompilerOptions &options,
            const std::shared_ptr<llvm::SourceMgr> &sources,
            MLIRContext &context) {
  bool hasError = false;
  ScopedDiagnosticHandler onlyFirst(&context, [&](Diagnostic &diagnostic) {
    bool isError = diagnostic.getSeverity() == DiagnosticSeverity::Error;
    return success(isError && std::exchange(hasError, true));
  });
  OwningOpRef<ModuleOp> module;
  llvm::CrashRecoveryContext::Enable();
  llvm::CrashRecoveryContext recovery;
  bool parsed = recovery.RunSafely(
      [&] { module = parseSourceFile<ModuleOp>(sources, &context); });
  if (!parsed) {
    llvm::errs() << options.input << ": error: expects a file that MLIR can "
                 << "parse, but its parser crashed\n";
    llvm::sys::Process::Exit(EXIT_FAILURE, /*NoCleanup=*/true);
  }
  llvm::CrashRecoveryContext::Disable();
  if (!module && !hasError)
    emitError(FileLineColLoc::get(&context, options.input, 0, 0))
        << "expects a module, but MLIR's parser finds none";
  return module;
}

static LogicalResult compileFile(const CompilerOptions &options,
                                 std::unique_ptr<llvm::MemoryBuffer> buffer,
                                 MLIRContext &context) {
  DiagnosticPrinter printer(options);
  ScopedDiagnosticHandler handler(
      &context, [&](Diagnostic &diagnostic) { printer.print(diagnostic); });
  // Shared, so that resources of bytecode may stay in the file's buffer.
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  OwningOpRef<ModuleOp> module = parseSafely(options, sources, context);
  if (!module)
    return failure();
  Compilation compilation(options, context);
  if (failed(compilation.run(*module)))
    return failure();
  if (options.to && options.output.empty())
    llvm::outs() << compilation.getText(*module);
  return compilation.commit();
}

void slb::printTargets(llvm::raw_ostream &os) {
  for (const bitpack::Target &target : bitpack::getTargets()) {
    os << llvm::left_justify(target.name, 17) << target.description << '\n';
    if (!target.flags.empty())
      os.indent(17) << "compile with " << target.flags << '\n';
  }
}

LogicalResult slb::compileModel(const CompilerOptions &options) {
  std::string message;
  auto buffer = openInputFile(options.input, &message);
  if (!buffer) {
    llvm::errs() << options.tool << ": error: " << message << '\n';
    return failure();
  }
  DialectRegistry registry;
  registerPipelineDialects(registry);
  MLIRContext context(registry);
  context.printOpOnDiagnostic(false);
  if (!options.verifyDiagnostics && !options.splitInputFile)
    return compileFile(options, std::move(buffer), context);
  auto compile = [&](std::unique_ptr<llvm::MemoryBuffer> chunk,
                     raw_ostream &os) {
    return compileChunk(options, std::move(chunk), context, os);
  };
  return splitAndProcessBuffer(
      std::move(buffer), compile, llvm::outs(),
      options.splitInputFile ? kDefaultSplitMarker : "",
      options.splitInputFile ? kDefaultSplitMarker : "");
}
