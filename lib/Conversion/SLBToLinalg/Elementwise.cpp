#include "lib/Conversion/SLBToLinalg/Builders.h"
using namespace mlir;
void slb::populateElementwisePatterns(const TypeConverter &,
                                      RewritePatternSet &) {}
