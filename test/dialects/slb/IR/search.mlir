// RUN: slb-opt --verify-roundtrip %s | FileCheck %s

// CHECK-LABEL: func.func @search
func.func @search(%a: memref<3x?xf32, strided<[?, 1]>>, %m: memref<3x?xf32>,
                  %g: memref<?xf32>, %w: memref<?xf32>, %planes: memref<2x?xi32>,
                  %flips: memref<1xi32>, %t: f32, %begin: index, %end: index) {
  // CHECK: slb.search_forward %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} [%{{.*}} to %{{.*}}] set = <odd<2>> :
  slb.search_forward %a, %t, %w, %planes [%begin to %end] set = <odd<2>>
    : memref<3x?xf32, strided<[?, 1]>>, f32, memref<?xf32>, memref<2x?xi32>
  // CHECK: slb.search_backward %{{.*}} [%{{.*}} to %{{.*}}] set = <list<-2, -1, 1, 2>> scale = 5.000000e-01 :
  slb.search_backward %a, %t, %g, %m [%begin to %end] set = <list<-2, -1, 1, 2>> scale = 0.5
    : memref<3x?xf32, strided<[?, 1]>>, f32, memref<?xf32>, memref<3x?xf32>
  // CHECK: slb.search_step %{{.*}} temperature %{{.*}} to %{{.*}} grad_scale %{{.*}} sgd(%{{.*}}, %{{.*}}, %{{.*}}) nesterov set = <odd<2>> :
  slb.search_step %a, %m, %g, %w, %planes, %flips [%begin to %end] temperature %t to %t grad_scale %t
    sgd(%t, %t, %t) nesterov set = <odd<2>>
    : memref<3x?xf32, strided<[?, 1]>>, memref<3x?xf32>, memref<?xf32>, memref<?xf32>, memref<2x?xi32>, memref<1xi32>, f32
  return
}
